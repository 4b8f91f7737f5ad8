import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { PROJECT } from '../support/project.ts';
import { TrialInstall } from '../support/trial-install.ts';

const APP = 'opt/whatsapp-agent';
const SETTINGS = 'etc/whatsapp-agent.env';
const SITE = 'etc/nginx/sites-available/whatsapp-agent';
const DEFAULT_SITE = 'etc/nginx/sites-enabled/default';

function shipped(path: string): string {
  return readFileSync(join(PROJECT, 'deploy', path), 'utf8');
}

describe('deploy/install.sh', () => {
  let machine: TrialInstall;

  beforeEach(() => {
    machine = new TrialInstall();
  });

  afterEach(() => {
    machine.close();
  });

  it('lays out the release, the unit, the site and the log rotation', () => {
    const { code } = machine.run([], { TRIAL_BUILD: '1' });

    expect(code).toBe(0);
    expect(machine.read(`${APP}/dist/main.js`)).toBe('built 1\n');
    expect(machine.has(`${APP}/node_modules/express`)).toBe(true);
    expect(machine.has(`${APP}/deploy/ecosystem.config.cjs`)).toBe(true);
    expect(machine.has(`${APP}/var`)).toBe(true);
    expect(machine.read('etc/systemd/system/whatsapp-agent.service')).toBe(
      shipped('systemd/whatsapp-agent.service'),
    );
    expect(machine.read(SITE)).toBe(shipped('nginx/whatsapp-agent.conf'));
    expect(machine.read('etc/nginx/sites-enabled/whatsapp-agent')).toBe(machine.read(SITE));
    expect(machine.read('etc/logrotate.d/whatsapp-agent')).toBe(
      shipped('logrotate/whatsapp-agent'),
    );
    expect(machine.read('etc/systemd/system/logrotate.timer.d/whatsapp-agent.conf')).toBe(
      shipped('logrotate/hourly.conf'),
    );
    expect(machine.has(`${APP}/scripts/prepare.mjs`)).toBe(true);
  });

  it('builds with the compiler and drops it afterwards, without building again', () => {
    machine.run();

    expect(machine.npmCalls()).toEqual([
      `npm --prefix /${APP}/.new ci --include=dev --no-audit --no-fund`,
      `npm --prefix /${APP}/.new prune --omit=dev --ignore-scripts --no-audit --no-fund`,
    ]);
    expect(machine.has(`${APP}/.new`)).toBe(false);
    expect(machine.has(`${APP}/.old`)).toBe(false);
  });

  it('writes settings for root alone, with new tokens, and says the webhook’s address', () => {
    const { output } = machine.run();

    const [, webhook = ''] = /^WEBHOOK_TOKEN=(.*)$/mu.exec(machine.read(SETTINGS)) ?? [];
    const [, admin = ''] = /^ADMIN_TOKEN=(.*)$/mu.exec(machine.read(SETTINGS)) ?? [];

    expect(machine.mode(SETTINGS)).toBe(0o600);
    expect(webhook).toMatch(/^[0-9a-f]{48}$/u);
    expect(admin).toMatch(/^[0-9a-f]{48}$/u);
    expect(admin).not.toBe(webhook);
    expect(output).toContain(`http://YOUR_PUBLIC_ADDRESS/webhook/${webhook}\n`);
    expect(output).not.toContain(admin);
    expect(machine.programCalls().join('\n')).not.toMatch(new RegExp(`${webhook}|${admin}`, 'u'));
  });

  it('takes everything else of the settings over from the example as it stands', () => {
    machine.run();

    const written = machine
      .read(SETTINGS)
      .replaceAll(/^(\w+_TOKEN)=[0-9a-f]{48}$/gmu, '$1=changeme');

    expect(written).toBe(shipped('whatsapp-agent.env.example'));
  });

  it('brings an installed one up to date and keeps what is the owner’s', () => {
    machine.run([], { TRIAL_BUILD: '1' });
    const settings = `${machine.read(SETTINGS)}\nLOG_LEVEL=debug\n`;
    machine.write(SETTINGS, settings);
    machine.write(`${APP}/data/precos.txt`, 'Pão: R$ 2,00');
    machine.write(`${APP}/var/agent.db`, 'messages');
    machine.write(`${APP}/src/gone.ts`, 'of an earlier release');

    const { code } = machine.run([], { TRIAL_BUILD: '2' });

    expect(code).toBe(0);
    expect(machine.read(`${APP}/dist/main.js`)).toBe('built 2\n');
    expect(machine.read(SETTINGS)).toBe(settings);
    expect(machine.read(`${APP}/data/precos.txt`)).toBe('Pão: R$ 2,00');
    expect(machine.read(`${APP}/var/agent.db`)).toBe('messages');
    expect(machine.has(`${APP}/src/gone.ts`)).toBe(false);
  });

  it('leaves the running release alone when the new one does not build', () => {
    machine.run([], { TRIAL_BUILD: '1' });

    const { code } = machine.run([], { TRIAL_BUILD: '2', TRIAL_NPM_FAILS: '1' });

    expect(code).toBe(1);
    expect(machine.read(`${APP}/dist/main.js`)).toBe('built 1\n');
    expect(machine.has(`${APP}/node_modules/express`)).toBe(true);
  });

  it('puts example texts only where there is no data folder at all', () => {
    machine.write(`${APP}/data/precos.txt`, 'Pão: R$ 2,00');

    machine.run();

    expect(machine.entries().filter((path) => path.startsWith(`${APP}/data/`))).toEqual([
      `${APP}/data/precos.txt`,
    ]);
  });

  it('keeps a site that the owner has edited and puts the new one beside it', () => {
    machine.write(SITE, 'server { listen 443 ssl; }');

    const { code, output } = machine.run();

    expect(code).toBe(0);
    expect(machine.read(SITE)).toBe('server { listen 443 ssl; }');
    expect(machine.read(`${SITE}.new`)).toBe(shipped('nginx/whatsapp-agent.conf'));
    expect(output).toContain('differs from the one shipped and is kept');
  });

  it('takes the welcome page of nginx away, but not one that somebody has edited', () => {
    const md5 = createHash('md5').update('stock').digest('hex');
    machine.write(DEFAULT_SITE, 'edited');
    machine.run([], { TRIAL_DEFAULT_MD5: md5 });
    const isEditedOneKept = machine.has(DEFAULT_SITE);
    machine.write(DEFAULT_SITE, 'stock');

    machine.run([], { TRIAL_DEFAULT_MD5: md5 });

    expect(isEditedOneKept).toBe(true);
    expect(machine.has(DEFAULT_SITE)).toBe(false);
  });

  it('takes over from the Python version: settings and unit are kept, open doors are named', () => {
    machine.write(SETTINGS, 'MODEL_NAME=gpt-4o    # or mini\nAPI_HOST=0.0.0.0\n');
    machine.write('etc/systemd/system/whatsapp-agent.service', 'ExecStart=gunicorn');

    const { output } = machine.run();

    expect(machine.read(SETTINGS)).toBe('MODEL_NAME=gpt-4o    # or mini\nAPI_HOST=0.0.0.0\n');
    expect(machine.mode(SETTINGS)).toBe(0o600);
    expect(machine.read('etc/systemd/system/whatsapp-agent.service.before')).toBe(
      'ExecStart=gunicorn',
    );
    expect(output).toContain('NOTE: ADMIN_TOKEN is not set');
    expect(output).toContain('NOTE: WEBHOOK_TOKEN is not set');
    expect(output).toContain('NOTE: API_HOST is 0.0.0.0');
    expect(output).toContain('NOTE: a value is followed by a comment');
    expect(output).toContain('http://YOUR_PUBLIC_ADDRESS/webhook\n');
  });

  it('does nothing with --dry-run but say what it would do', () => {
    const { code, output } = machine.run(['--dry-run']);

    expect(code).toBe(0);
    expect(output).toContain(`would run: npm --prefix ${machine.root}/${APP}/.new ci`);
    expect(output).toContain('Nothing was done.');
    expect(machine.entries()).toEqual([]);
    expect(machine.npmCalls()).toEqual([]);
  });

  it('refuses an option that it does not know', () => {
    const { code, output } = machine.run(['--dryrun']);

    expect(code).toBe(1);
    expect(output).toContain('unknown option: --dryrun');
  });
});
