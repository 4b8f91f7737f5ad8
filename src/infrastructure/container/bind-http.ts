import { createHttpApp, type HttpPorts } from '../../adapters/inbound/http/create-http-app.ts';
import { type HttpSettings } from '../../adapters/inbound/http/http-settings.ts';
import { readWebhookBody } from '../../adapters/inbound/http/payload/read-webhook-body.ts';
import { type ListSandboxMessages } from '../../application/ports/inbound/list-sandbox-messages.ts';
import { type Config } from '../config.ts';
import { TOKENS } from './tokens.ts';
import { type Wiring } from './wiring.ts';

interface WiredPorts extends Omit<HttpPorts, 'readWebhookBody' | 'listSandboxMessages'> {
  readonly sandbox: ListSandboxMessages | undefined;
}

/** The HTTP surface, without a server. */
export function bindHttp(wiring: Wiring, config: Config, version: string): void {
  wiring.bindPorts(
    TOKENS.httpApp,
    ({ sandbox, ...ports }: WiredPorts) =>
      createHttpApp(
        {
          ...ports,
          readWebhookBody,
          ...(sandbox === undefined ? {} : { listSandboxMessages: sandbox }),
        },
        httpSettings(config, version),
      ),
    {
      receiveMessage: TOKENS.receiveMessage,
      reportHealth: TOKENS.reportHealth,
      reloadKnowledge: TOKENS.reloadKnowledge,
      previewKnowledge: TOKENS.previewKnowledge,
      searchKnowledge: TOKENS.searchKnowledge,
      inspectKnowledge: TOKENS.inspectKnowledge,
      checkGateway: TOKENS.checkGateway,
      sendManualMessage: TOKENS.sendManualMessage,
      resetConversation: TOKENS.resetConversation,
      takeOverConversation: TOKENS.takeOverConversation,
      resumeConversation: TOKENS.resumeConversation,
      reportConversations: TOKENS.reportConversations,
      listTurns: TOKENS.listTurns,
      listDeadLetters: TOKENS.listDeadLetters,
      retryDeadLetter: TOKENS.retryDeadLetter,
      dismissDeadLetter: TOKENS.dismissDeadLetter,
      reportMetrics: TOKENS.reportMetrics,
      sandbox: TOKENS.sandbox,
      clock: TOKENS.clock,
      logger: TOKENS.logger,
      meter: TOKENS.meter,
    },
  );
}

function httpSettings({ http, ai, mega }: Config, version: string): HttpSettings {
  const { webhookToken, adminToken } = http;
  return {
    version,
    aiMode: ai.dryRun ? 'DRY_RUN' : 'REAL',
    megaConfigured: mega !== undefined,
    ...(webhookToken === undefined ? {} : { webhookToken }),
    ...(adminToken === undefined ? {} : { adminToken }),
  };
}
