import { type Script } from './loopback-server.ts';

export type Headers = Readonly<Record<string, string>>;

/** Answers with a body: text as it is, anything else as JSON. */
export function answer(status: number, body: unknown, headers: Headers = {}): Script {
  const isText = typeof body === 'string';
  const type = isText ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8';
  return {
    play: ({ response }) => {
      response.writeHead(status, { 'content-type': type, ...headers });
      response.end(isText ? body : JSON.stringify(body));
    },
  };
}

/** Answers JSON whose text is given, well-formed or not. */
export function answerJsonText(status: number, text: string): Script {
  return answer(status, text, { 'content-type': 'application/json' });
}

/** Never answers. */
export function hang(): Script {
  return { play: () => undefined };
}

/** Sends the head and the beginning of a body at once, and never the rest. */
export function drip(beginning: string): Script {
  return {
    play: ({ response }) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write(beginning);
    },
  };
}

/** Does what `next` does, once the promise has resolved. */
export function after(gate: Promise<unknown>, next: Script): Script {
  return {
    play: async (exchange) => {
      await gate;
      await next.play(exchange);
    },
  };
}

/** Resets the connection when the request's head has come in. */
export function resetBeforeReading(): Script {
  return { beforeBody: true, play: ({ socket }) => void socket.resetAndDestroy() };
}

/** Resets the connection when the whole request has come in. */
export function resetAfterReading(): Script {
  return { play: ({ socket }) => void socket.resetAndDestroy() };
}

/** Promises a longer body than it sends, and closes the connection. */
export function halfBody(status: number, body: string): Script {
  return {
    play: ({ response, socket }) => {
      response.writeHead(status, {
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(body) * 2),
      });
      response.write(body, () => socket.end());
    },
  };
}
