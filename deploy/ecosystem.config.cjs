/* global __dirname */

/**
 * The service as a pm2 cluster: WEB_CONCURRENCY equal processes on one port and one store.
 *
 * pm2 forks its cluster with the Node that runs pm2 itself, whatever `interpreter` says. So pm2
 * has to be run by the Node that `npm ci` has put beside the service:
 *
 *   NODE_CLUSTER_SCHED_POLICY=none \
 *     node_modules/node/bin/node node_modules/pm2/bin/pm2-runtime start deploy/ecosystem.config.cjs
 */
const NEEDED_NODE = 24;
const DEFAULT_PROCESSES = 2;

const { env, versions } = process;
const root = `${__dirname}/..`;

/** Node's flags, as `npm start` has them: a bound for what V8 takes for new objects, and what the start needs to give back what it took. */
const nodeFlags = require('../package.json')
  .scripts.start.split(' ')
  .filter((word) => word.startsWith('--'));

// In pm2's own process, too: what it passes on may meet a full disk or a reader that has gone away.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

if (Number(versions.node.split('.')[0]) < NEEDED_NODE) {
  throw new Error(
    `pm2 runs on Node ${versions.node}, and its processes would too; the service needs Node ${NEEDED_NODE}. ` +
      'Start it with: node_modules/node/bin/node node_modules/pm2/bin/pm2-runtime start deploy/ecosystem.config.cjs',
  );
}

/** WEB_CONCURRENCY, checked: pm2 itself would take "two" for one process and "0" for all cores. */
function processes() {
  const given = env.WEB_CONCURRENCY?.trim() || String(DEFAULT_PROCESSES);
  if (/^[1-9]\d?$/u.test(given)) return Number(given);
  throw new Error('WEB_CONCURRENCY: must be a whole number from 1 to 99');
}

module.exports = {
  apps: [
    {
      name: 'whatsapp-agent',
      cwd: root,
      script: 'dist/main.js',
      exec_mode: 'cluster',
      interpreter: 'node',
      node_args: nodeFlags,
      instances: processes(),
      env: {
        NODE_ENV: env.NODE_ENV || 'production',
        // Only the proxy on this machine is to reach the processes.
        API_HOST: env.API_HOST || '127.0.0.1',
      },

      // A process counts as started when it says so, and takes the old one's place only then.
      wait_ready: true,
      listen_timeout: 10_000,
      // A stop takes up to 8 s: pm2's own 1.6 s would cut answers off in the middle.
      kill_timeout: 15_000,
      kill_retry_time: 250,
      // The service starts no process of its own, and looking for them needs `ps`.
      treekill: false,

      // From 0.1 s up to 15 s between two starts, for as long as it takes: never given up.
      exp_backoff_restart_delay: 100,
      max_memory_restart: '400M',

      // pm2-runtime passes on what the processes write; files of pm2's own would grow without end.
      out_file: '/dev/null',
      error_file: '/dev/null',
      merge_logs: true,
      // pm2's extras, each of which costs memory in every process.
      pmx: false,
      vizion: false,
      disable_source_map_support: true,
    },
  ],
};
