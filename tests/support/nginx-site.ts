import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from './polling.ts';
import { findProgram } from './programs.ts';
import { freePort, PROJECT } from './project.ts';

/** The nginx of this machine, if it has one. */
export const NGINX = { name: 'nginx', path: findProgram('nginx'), isRequired: true };

/** What the shipped site is changed in, so that it runs beside anything else on this machine. */
export interface NginxSiteOptions {
  readonly upstreamPort: number;
  /** Changes the site's text beforehand. */
  readonly edit?: (site: string) => string;
}

/** A real nginx that serves the site file of `deploy/`, on a port and in a folder of its own. */
export class NginxSite {
  private output = '';
  private process: ChildProcess | undefined;

  private constructor(
    private readonly binary: string,
    readonly folder: string,
    readonly port: number,
  ) {}

  /** Writes the configuration into a new folder; nothing runs yet. */
  static async prepare(binary: string, options: NginxSiteOptions): Promise<NginxSite> {
    const folder = await mkdtemp(join(tmpdir(), 'nginx-site-'));
    const nginx = new NginxSite(binary, folder, await freePort());
    await mkdir(join(folder, 'temp'));
    await writeFile(join(folder, 'nginx.conf'), mainConfiguration(folder));
    await writeFile(join(folder, 'site.conf'), await nginx.siteFor(options));
    return nginx;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** What `nginx -t` says; empty when it finds nothing wrong. */
  async complaints(): Promise<string> {
    const [code] = (await once(this.run('-t'), 'close')) as [number | null];
    return code === 0 ? '' : this.output;
  }

  /** Serves, once it returns. */
  async start(): Promise<void> {
    this.process = this.run();
    await eventually('nginx', async () => {
      const response = await fetch(`${this.url}/.well-known/acme-challenge/none`);
      return response.status === 404 ? true : undefined;
    });
  }

  /** All that it has written down, about requests and about itself. */
  async logs(): Promise<string> {
    const files = ['whatsapp-agent.access.log', 'whatsapp-agent.error.log', 'error.log'];
    const texts = await Promise.all(files.map((file) => readFile(join(this.folder, file), 'utf8')));
    return texts.join('\n') + this.output;
  }

  async close(): Promise<void> {
    if (this.process?.exitCode === null) {
      this.process.kill('SIGTERM');
      await once(this.process, 'close');
    }
    await rm(this.folder, { recursive: true });
  }

  private run(...options: string[]): ChildProcess {
    const files = ['-p', this.folder, '-c', join(this.folder, 'nginx.conf')];
    const child = spawn(this.binary, [...files, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (piece: Buffer) => (this.output += piece.toString()));
    }
    return child;
  }

  private async siteFor({ upstreamPort, edit }: NginxSiteOptions): Promise<string> {
    const shipped = await readFile(join(PROJECT, 'deploy/nginx/whatsapp-agent.conf'), 'utf8');
    const site = edit?.(shipped) ?? shipped;
    return [
      ['listen 80;', `listen 127.0.0.1:${this.port};`],
      ['server 127.0.0.1:8000;', `server 127.0.0.1:${upstreamPort};`],
      ['/var/log/nginx/', `${this.folder}/`],
    ].reduce((text, [from = '', to = '']) => replaced(text, from, to), site);
  }
}

function replaced(text: string, from: string, to: string): string {
  if (!text.includes(from)) throw new Error(`The site file holds no "${from}".`);
  return text.replaceAll(from, to);
}

function mainConfiguration(folder: string): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (kind) => `  ${kind}_temp_path ${folder}/temp/${kind};`,
  );
  return [
    // Its workers would otherwise be "nobody", who cannot enter the folder.
    ...(process.getuid?.() === 0 ? ['user root;'] : []),
    'daemon off;',
    'worker_processes 1;',
    `pid ${folder}/nginx.pid;`,
    `error_log ${folder}/error.log;`,
    'events {}',
    'http {',
    ...temporary,
    `  include ${folder}/site.conf;`,
    '}',
    '',
  ].join('\n');
}
