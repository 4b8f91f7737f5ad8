import { describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import request from 'supertest';
import { openApiDocument } from '../../src/adapters/inbound/http/openapi.ts';
import { type IgnoreReason } from '../../src/domain/screening.ts';
import { loadConfig } from '../../src/infrastructure/config.ts';
import { VARIABLE_NAMES, Variables } from '../../src/infrastructure/environment.ts';
import { Service } from '../../src/infrastructure/service.ts';
import { anchorsOf, bare, codeIn, fenced, shapeOf, table, tables } from '../support/markdown.ts';
import { eventually } from '../support/polling.ts';
import { PROJECT } from '../support/project.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const READMES = ['README.md', 'README.pt-BR.md'];
const TROUBLESHOOTING = ['docs/troubleshooting.md', 'docs/troubleshooting.pt-BR.md'];
const DOCUMENTS = [
  ...READMES,
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(PROJECT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];

/** Every answer of the webhook; a missing or foreign one does not compile. */
const REASONS: Readonly<Record<IgnoreReason | 'invalid_json', true>> = {
  invalid_json: true,
  own_message: true,
  no_phone_or_text: true,
  echo_recent_outbound: true,
  duplicate: true,
  group: true,
  status: true,
  newsletter: true,
  receipt: true,
  connection: true,
  reaction: true,
  edited: true,
  revoked: true,
  empty: true,
  sticker: true,
  ignored_contact: true,
  other_instance: true,
  too_old: true,
  agent_paused: true,
  unsupported: true,
};

describe.each(READMES)('%s', (name) => {
  const text = read(name);

  it('names every variable, and no other', () => {
    const names = table(text, /^(?:Variable|Variável)$/u).map(([variable]) => bare(variable));

    expect(names.toSorted()).toEqual([...VARIABLE_NAMES, 'WEB_CONCURRENCY'].toSorted());
  });

  it('lists as to be set on a server what production asks for, and the doors', () => {
    const [first = []] = tables(text, /^(?:Variable|Variável)$/u);

    expect(first.map(([variable]) => bare(variable))).toEqual([
      'NODE_ENV',
      'API_HOST',
      'WEBHOOK_TOKEN',
      'ADMIN_TOKEN',
      'OPENAI_API_KEY',
      'MEGA_API_BASE_URL',
      'MEGA_API_TOKEN',
      'MEGA_INSTANCE_ID',
    ]);
  });

  it.each(VARIABLE_NAMES)('gives the default of %s as the schema has it', (variable) => {
    const row = table(text, /^(?:Variable|Variável)$/u).find(([cell]) => bare(cell) === variable);
    const shown = bare(row?.[1]);
    const field = Variables.shape[variable as keyof typeof Variables.shape];

    const asWritten = shown === '–' ? [undefined, []] : [field.parse(shown)];

    expect(asWritten).toContainEqual(field.parse(undefined));
  });

  it('gives the default of WEB_CONCURRENCY as the pm2 file has it', () => {
    const row = table(text, /^(?:Variable|Variável)$/u).find(([cell]) => cell?.includes('WEB_'));

    const pm2 = read('deploy/ecosystem.config.cjs');

    expect(pm2).toContain(`DEFAULT_PROCESSES = ${bare(row?.[1])};`);
  });

  it('lists every route, and no other', () => {
    const routes = table(text, /^(?:Route|Rota)$/u).map(([route]) => bare(route));

    expect(routes.toSorted()).toEqual(
      Object.entries(openApiDocument('0').paths)
        .flatMap(([path, methods]) =>
          Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
        )
        .toSorted(),
    );
  });

  it('shows a first conversation that goes as it is shown', async () => {
    const message = fenced(text, 'bash').find((block) => block.includes('/webhook ')) ?? '';
    const payload = /-d '(.*?)'/su.exec(message)?.[1] ?? '';

    const { printed, receipt, listing } = await converse(payload);

    const shown = fenced(text, 'json').map(timeless);
    expect(shown).toContainEqual(timeless(receipt));
    expect(shown).toContainEqual(timeless(listing));
    expect(fenced(text, 'text')).toContainEqual(printed);
  });
});

describe.each(TROUBLESHOOTING)('%s', (name) => {
  it('explains every reason for ignored, and no other', () => {
    const reasons = table(read(name), /^(?:Reason|Motivo)$/u).map(([reason]) => bare(reason));

    expect(reasons.toSorted()).toEqual(Object.keys(REASONS).toSorted());
  });
});

describe.each([READMES, TROUBLESHOOTING])('%s and %s', (...pair) => {
  it('say the same, section by section, command by command', () => {
    const [english, portuguese] = pair.map((name) => shapeOf(read(name)));

    expect(portuguese).toEqual(english);
  });

  it('tell of the same problems in the same order', () => {
    const [english, portuguese] = pair.map((name) =>
      table(read(name), /^(?:What you see|O que você vê)$/u).map(([, cure = '']) => codeIn(cure)),
    );

    expect(english).not.toEqual([]);
    expect(portuguese).toEqual(english);
  });
});

describe.each(DOCUMENTS)('%s', (name) => {
  const text = read(name);

  it('points only to files and sections that are there', () => {
    const links = [...text.matchAll(/\]\((?!https?:)([^)\s]+)\)/gu)].map(([, link = '']) => link);

    const broken = links.filter((link) => !isThere(name, link));

    expect(broken).toEqual([]);
  });

  it('calls only scripts that package.json has', () => {
    const scripts = [...text.matchAll(/npm run ([\w:-]+)/gu)].map(([, script = '']) => script);

    expect(SCRIPTS).toEqual(expect.arrayContaining(scripts));
  });

  it('names only paths and identifiers that are there', () => {
    const prose = text.replaceAll(/^ *```.*?^ *```$/gmsu, '');
    const code = [...prose.matchAll(/`([^`\n]+)`/gu)].map(([, span = '']) => span);

    const missing = code.filter((span) => !isKnown(span));

    expect(missing).toEqual([]);
  });
});

describe('docs/operations.md', () => {
  it('lists only events that the service logs', () => {
    const events = table(read('docs/operations.md'), /^Event$/u).flatMap(([cell = '']) =>
      [...cell.matchAll(/`([^`]+)`/gu)].map(([, event = '']) => event),
    );

    const unknown = events.filter((event) => !SOURCES.includes(`'${event}'`));

    expect(events).not.toEqual([]);
    expect(unknown).toEqual([]);
  });
});

const SOURCES = typeScriptBelow('src');
const ALL_CODE = [
  SOURCES,
  ...['doubles', 'builders', 'support'].map((folder) => typeScriptBelow(join('tests', folder))),
  read('deploy/ecosystem.config.cjs'),
  read('deploy/whatsapp-agent.env.example'),
  read('package.json'),
].join('\n');

const SCRIPTS = Object.keys((JSON.parse(read('package.json')) as { scripts: object }).scripts);

interface Conversation {
  /** What start-up says, with the names of a first start. */
  readonly printed: string;
  readonly receipt: string;
  /** What `GET /sandbox/messages` says, once there is something. */
  readonly listing: string;
}

/** Starts the service as `npm start` does, posts the payload, and waits for the reply. */
async function converse(payload: string): Promise<Conversation> {
  const { folder, remove } = temporaryFolder();
  const file = join(folder, 'agent.db');
  const config = loadConfig({
    API_HOST: '127.0.0.1',
    API_PORT: '0',
    DATABASE_URL: `file:${file}`,
    LOG_LEVEL: 'error',
    REPLY_QUIET: '0',
  });
  let printed = '';
  const service = await Service.start(config, (line) => {
    printed += line;
  });
  const address = `http://127.0.0.1:${service.port}`;
  try {
    const { text: receipt } = await request(address).post('/webhook').send(payload);
    const listing = await eventually('the reply', async () => {
      const { text } = await request(address).get('/sandbox/messages');
      return text.includes('"text"') ? text : undefined;
    });
    printed = printed.replaceAll(address, 'http://127.0.0.1:8000').replace(file, 'var/agent.db');
    return { printed: printed.trimEnd(), receipt, listing };
  } finally {
    await service.stop();
    remove();
  }
}

/** JSON with every `at` made equal. */
function timeless(json: string): unknown {
  return JSON.parse(json, (key, value: unknown) => (key === 'at' ? 'some time' : value));
}

function typeScriptBelow(folder: string): string {
  return readdirSync(join(PROJECT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => read(join(folder, name)))
    .join('\n');
}

function read(name: string): string {
  return readFileSync(join(PROJECT, name), 'utf8');
}

function isThere(from: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? from : join(dirname(from), path);
  if (!existsSync(join(PROJECT, target))) return false;
  return anchor === undefined || anchorsOf(read(target)).includes(anchor);
}

function isWord(name: string): boolean {
  return new RegExp(`\\b${name}\\b`, 'u').test(ALL_CODE);
}

/** Paths must exist, names such as `Inbox.add` be declared, and others such as `afterAttempt` be used. */
function isKnown(span: string): boolean {
  if (/^(?:src|tests|deploy|docs|data|bench|\.ci)\/[\w./-]*$/u.test(span)) {
    return existsSync(join(PROJECT, span));
  }
  const name = /^(\p{Lu}\p{Ll}\w+)(?:\.(\w+))?$/u.exec(span);
  if (name === null) return !/^\w+(?:_|\p{Ll}\p{Lu})\w+$/u.test(span) || isWord(span);
  const isDeclared = new RegExp(`(?:class|interface|type|const|function) ${name[1] ?? ''}\\b`, 'u');
  return isDeclared.test(ALL_CODE) && ALL_CODE.includes(name[2] ?? '');
}
