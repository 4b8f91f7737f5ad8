import { type Config } from './config.ts';

/** What is told besides the configuration. */
export interface StartUpFacts {
  readonly version: string;
  readonly port: number;
  readonly documents: number;
  readonly passages: number;
}

/** What runs, what stands in, and what to do next, for the person who started it; no secret. */
export function startUpReport(config: Config, facts: StartUpFacts): string {
  const { ai, mega, knowledge, http, database } = config;
  const address = `http://${reachableHost(http.host)}:${facts.port}`;
  const lines = [
    `WhatsApp AI Agent ${facts.version} listens on ${address}`,
    ai.dryRun
      ? '  answers    STAND-IN: the best passages, without AI (AI_DRY_RUN); set OPENAI_API_KEY for real ones'
      : `  answers    ${ai.model}${ai.baseUrl === undefined ? '' : ` at ${ai.baseUrl}`}`,
    mega === undefined
      ? '  WhatsApp   STAND-IN: the sandbox prints replies here; set MEGA_API_TOKEN and its neighbours for real ones'
      : `  WhatsApp   Mega API at ${mega.baseUrl}`,
    facts.documents === 0
      ? `  knowledge  NONE: no file could be read from ${knowledge.folder}/; put your texts there, or set RAG_DIR`
      : `  knowledge  ${facts.documents} files, ${facts.passages} passages from ${knowledge.folder}/`,
    `  store      ${database.kind === 'sqlite' ? `SQLite in ${database.file}` : `PostgreSQL at ${database.shown}`}`,
    ...nextSteps(config, address),
  ];
  return `${lines.join('\n')}\n`;
}

/** How the address is written in a URL that is called from this machine. */
function reachableHost(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

/** Doors that stand open, each with the way to close it. */
export function openDoors({ http }: Config): readonly { event: string; hint: string }[] {
  return [
    ...(http.webhookToken === undefined
      ? [
          {
            event: 'the webhook is open to anybody who knows its address',
            hint: 'set WEBHOOK_TOKEN and put /webhook/<token> into the Mega API panel',
          },
        ]
      : []),
    ...(http.adminToken === undefined
      ? [
          {
            event: 'admin routes answer only callers on this machine',
            hint: 'set ADMIN_TOKEN: a proxy on this machine that adds no header of its own passes for such a caller, and lets everybody in',
          },
        ]
      : []),
  ];
}

function nextSteps({ mega, http }: Config, address: string): string[] {
  const path = http.webhookToken === undefined ? '/webhook' : '/webhook/<WEBHOOK_TOKEN>';
  if (mega !== undefined) {
    return [`Next: set the webhook in the Mega API panel to your public address + ${path}`];
  }
  return [
    'Next: write to it as a customer would:',
    `  curl -s -X POST ${address}${path} -H "Content-Type: application/json" -d '{"messageType":"notification","key":{"fromMe":false,"remoteJid":"5583988887777@s.whatsapp.net"},"pushName":"Teste","message":{"conversation":"Qual o preço do curso?"}}'`,
    `  and read the reply here after 2 s, or at ${address}/sandbox/messages`,
  ];
}
