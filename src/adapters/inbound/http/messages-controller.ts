import { type Request, type Response } from 'express';
import { z } from 'zod';

import { type CheckGateway } from '../../../application/ports/inbound/check-gateway.ts';
import { type ListSandboxMessages } from '../../../application/ports/inbound/list-sandbox-messages.ts';
import {
  type ManualSendOutcome,
  type SendManualMessage,
} from '../../../application/ports/inbound/send-manual-message.ts';
import { MAX_TEXT } from '../../../domain/incoming-message.ts';
import { type HttpSettings } from './http-settings.ts';
import { sendProblem } from './problem-details.ts';
import { sendInputProblem } from './read-input.ts';
import { contactAsTyped, TYPED_CONTACT_RULE, typedContact } from './typed-contact.ts';

const MESSAGE_RULE = `must be a text of 1 to ${MAX_TEXT} characters that is not blank`;

/** v2.1 gave back the first 60 characters of what was sent. */
const SHOWN_CHARACTERS = 60;

const sendMessageBody = z.object(
  {
    phone: z.string(TYPED_CONTACT_RULE).transform((typed, context) => {
      const contact = typedContact(typed);
      if (contact !== undefined) return contact;
      context.addIssue({ code: 'custom', message: TYPED_CONTACT_RULE });
      return z.NEVER;
    }),
    message: z
      .string(MESSAGE_RULE)
      .max(MAX_TEXT, MESSAGE_RULE)
      // Neither a NUL nor half a character can be stored or sent.
      .transform((text) => text.replaceAll('\0', '').toWellFormed())
      .refine((text) => text.trim() !== '', MESSAGE_RULE),
  },
  'must be a JSON object with the fields phone and message',
);

interface MessagesPorts {
  readonly sendManualMessage: SendManualMessage;
  readonly checkGateway: CheckGateway;
  /** `undefined` where a real gateway is at work. */
  readonly listSandboxMessages?: ListSandboxMessages | undefined;
}

/** Sends what a person of the business writes, and shows the way it takes. */
export class MessagesController {
  constructor(
    private readonly ports: MessagesPorts,
    private readonly settings: Pick<HttpSettings, 'megaConfigured'>,
  ) {}

  async send(request: Request, response: Response): Promise<void> {
    const body = sendMessageBody.safeParse(request.body);
    if (!body.success) {
      sendInputProblem(request, response, body.error);
      return;
    }
    const { phone, message } = body.data;
    const outcome = await this.ports.sendManualMessage.execute(phone, message);
    if (outcome.outcome !== 'sent') {
      sendUndelivered(request, response, outcome);
      return;
    }
    const shown = Array.from(message).slice(0, SHOWN_CHARACTERS).join('');
    response.json({
      status: 'sent',
      phone: contactAsTyped(phone),
      message: shown,
      id: outcome.id,
    });
  }

  async showGatewayStatus(request: Request, response: Response): Promise<void> {
    if (!this.settings.megaConfigured) {
      sendProblem(request, response, {
        status: 400,
        detail: 'Mega API is not configured. Set MEGA_API_TOKEN and MEGA_INSTANCE_ID.',
      });
      return;
    }
    const status = await this.ports.checkGateway.execute();
    if (status.kind === 'unreachable') {
      sendProblem(request, response, {
        status: 502,
        detail: `Mega API could not be asked: ${status.reason}`,
      });
      return;
    }
    response.json(status.body ?? null);
  }

  listSandbox(request: Request, response: Response): void {
    const sandbox = this.ports.listSandboxMessages;
    if (sandbox === undefined) {
      sendProblem(request, response, {
        status: 404,
        detail: 'There is no sandbox here: replies go out through Mega API.',
      });
      return;
    }
    const messages = sandbox.execute();
    response.json({
      messages: messages.map(({ to, text, at }) => ({ to, text, at: new Date(at).toISOString() })),
    });
  }
}

function sendUndelivered(
  request: Request,
  response: Response,
  { outcome, id, reason }: Exclude<ManualSendOutcome, { readonly outcome: 'sent' }>,
): void {
  const meaning =
    outcome === 'failed'
      ? 'The message was not sent and will not be'
      : 'Whether the message was sent is not known yet; it goes on being settled, so do not send it again';
  sendProblem(request, response, {
    status: 502,
    detail: `${meaning}: ${reason}`,
    members: { outcome, id },
  });
}
