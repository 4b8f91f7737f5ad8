import { type TextMessage, textMessageBody } from './webhook-bodies.ts';

/** Delivers one message as the gateway does. @throws Error when it is not answered with 200. */
export async function postMessage(url: string, message: TextMessage): Promise<void> {
  const response = await fetch(`${url}/webhook`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: textMessageBody(message),
  });
  await response.arrayBuffer();
  if (response.status !== 200) throw new Error(`a webhook was answered with ${response.status}`);
}
