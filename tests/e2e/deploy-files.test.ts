import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { describeWith } from '../support/describe-with.ts';
import { NGINX, NginxSite } from '../support/nginx-site.ts';
import { freePort, PROJECT, PROJECT_NODE } from '../support/project.ts';
import { findProgram } from '../support/programs.ts';
import { makeCertificate, withTls } from '../support/tls-site.ts';

const folder = mkdtempSync(join(tmpdir(), 'deploy-files-'));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

interface Outcome {
  readonly code: number | null;
  readonly output: string;
}

function ran(program: string, args: readonly string[], env: Record<string, string> = {}): Outcome {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: PROJECT,
    env: { PATH: process.env['PATH'] ?? '', ...env },
    encoding: 'utf8',
  });
  return { code: status, output: stdout + stderr };
}

describe('deploy/ecosystem.config.cjs', () => {
  const print =
    'const [app] = require("./deploy/ecosystem.config.cjs").apps; console.log(JSON.stringify(app))';

  function appWith(env: Record<string, string>): Record<string, unknown> {
    const { code, output } = ran(PROJECT_NODE, ['-e', print], env);
    expect({ code, output }).toMatchObject({ code: 0 });
    return JSON.parse(output) as Record<string, unknown>;
  }

  it('starts two processes for production, reachable from this machine only', () => {
    const app = appWith({});

    expect(app).toMatchObject({
      instances: 2,
      exec_mode: 'cluster',
      wait_ready: true,
      kill_timeout: 15_000,
      env: { NODE_ENV: 'production', API_HOST: '127.0.0.1' },
    });
  });

  it('takes the number of processes from WEB_CONCURRENCY', () => {
    expect(appWith({ WEB_CONCURRENCY: '5' })).toMatchObject({ instances: 5 });
    expect(appWith({ WEB_CONCURRENCY: '' })).toMatchObject({ instances: 2 });
  });

  it.each(['0', 'two', '2.5', '-1', 'max'])('refuses WEB_CONCURRENCY=%s', (value) => {
    const { code, output } = ran(PROJECT_NODE, ['-e', print], { WEB_CONCURRENCY: value });

    expect(code).toBe(1);
    expect(output).toContain('WEB_CONCURRENCY: must be a whole number from 1 to 99');
  });

  it('refuses a pm2 on an older Node, whose processes could not run', () => {
    const pretend =
      'Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.19.0" } });';

    const { code, output } = ran(PROJECT_NODE, ['-e', pretend + print]);

    expect(code).toBe(1);
    expect(output).toContain('pm2 runs on Node 20.19.0');
  });
});

describeWith(
  { name: 'systemd-analyze', path: findProgram('systemd-analyze'), isRequired: false },
  'deploy/systemd/whatsapp-agent.service',
  (analyze) => {
    it('holds no mistake that systemd knows of', () => {
      const unit = join(folder, 'whatsapp-agent.service');
      const shipped = readFileSync(join(PROJECT, 'deploy/systemd/whatsapp-agent.service'), 'utf8');
      // The programs that it starts must be there to be found executable.
      const here = shipped.replaceAll('/opt/whatsapp-agent/', join(PROJECT, '/'));
      writeFileSync(unit, here);

      const { code, output } = ran(analyze, ['verify', '--man=no', unit]);

      expect({ code, output }).toEqual({ code: 0, output: '' });
    });
  },
);

describeWith(
  { name: 'logrotate', path: findProgram('logrotate'), isRequired: false },
  'deploy/logrotate/whatsapp-agent',
  (logrotate) => {
    it('keeps what was logged when it starts the log anew, and the file that systemd holds open', () => {
      const log = join(folder, 'agent.log');
      const rules = join(folder, 'logrotate.conf');
      const shipped = readFileSync(join(PROJECT, 'deploy/logrotate/whatsapp-agent'), 'utf8');
      writeFileSync(rules, shipped.replace('/var/log/whatsapp-agent', folder), { mode: 0o644 });
      writeFileSync(log, 'a line\n');
      const held = statSync(log).ino;

      const { code, output } = ran(logrotate, ['--force', '--state', join(folder, 'state'), rules]);

      expect({ code, output }).toEqual({ code: 0, output: '' });
      expect(readFileSync(`${log}.1`, 'utf8')).toBe('a line\n');
      expect(readFileSync(log, 'utf8')).toBe('');
      expect(statSync(log).ino).toBe(held);
    });
  },
);

describeWith(NGINX, 'deploy/nginx/whatsapp-agent.conf', (nginx) => {
  async function complaints(edit?: (site: string) => string): Promise<string> {
    const site = await NginxSite.prepare(nginx, {
      upstreamPort: 8000,
      ...(edit === undefined ? {} : { edit }),
    });
    try {
      return await site.complaints();
    } finally {
      await site.close();
    }
  }

  it('is accepted by nginx as it is', async () => {
    expect(await complaints()).toBe('');
  });

  it('is accepted with the TLS lines taken in', async () => {
    makeCertificate(folder);
    const port = await freePort();

    const found = await complaints((site) => withTls(site, folder, port));

    expect(found).toBe('');
  });

  it('is refused when it is broken, so that being accepted means something', async () => {
    const found = await complaints((site) => site.replace('server_tokens off;', 'server_tokens;'));

    expect(found).toContain('server_tokens');
  });
});
