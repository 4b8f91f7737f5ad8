/** The longest answer that is read, bytes, unpacked. Real ones take a few thousand. */
const MAX_ANSWER_BYTES = 2 * 1_024 * 1_024;

/** The answer went on past its limit; its connection is closed. */
export class AnswerTooLargeError extends Error {
  constructor() {
    super('The answer is too large.');
    this.name = 'AnswerTooLargeError';
  }
}

/**
 * `fetch` that reads no endless answer: once its body has passed 2 MB, reading it rejects with an
 * {@link AnswerTooLargeError}. The SDK itself reads an answer into memory as a whole, however long.
 */
export const boundedFetch = fetchAtMost(MAX_ANSWER_BYTES);

/** The same with another limit, bytes. */
export function fetchAtMost(limit: number): typeof fetch {
  return async (input, init) => {
    const { body, headers, status, statusText } = await fetch(input, init);
    const bounded = body === null ? null : body.pipeThrough(atMost(limit));
    return new Response(bounded, { headers, status, statusText });
  };
}

function atMost(limit: number): TransformStream<Uint8Array, Uint8Array> {
  let seen = 0;
  return new TransformStream({
    transform(piece, controller) {
      seen += piece.byteLength;
      if (seen > limit) controller.error(new AnswerTooLargeError());
      else controller.enqueue(piece);
    },
  });
}
