import { once } from 'node:events';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aModelRequest } from '../../builders/a-model-request.ts';
import { aCompletion } from '../../support/loopback-open-ai.ts';
import { answer } from '../../support/loopback-scripts.ts';
import { type Script } from '../../support/loopback-server.ts';
import { OpenAiUnderTest } from '../../support/open-ai-under-test.ts';

const NEVER = new AbortController().signal;
const MEGABYTE = Buffer.alloc(1_048_576, ' ');
const MOST_MEGABYTES = 64;

/** Streams on until the other side has gone away, at the latest after 64 MB; counts what it got rid of. */
function flood(status: number): Script & { sentMegabytes: number } {
  return {
    sentMegabytes: 0,
    async play({ response }) {
      response.writeHead(status, { 'content-type': 'application/json' });
      while (!response.destroyed && this.sentMegabytes < MOST_MEGABYTES) {
        this.sentMegabytes += 1;
        const gone = new AbortController();
        if (response.write(MEGABYTE)) continue;
        await Promise.race([once(response, 'drain', gone), once(response, 'close', gone)]).finally(
          () => {
            gone.abort();
          },
        );
      }
      response.end();
    },
  };
}

/** A small body that unpacks to 64 MB. */
function packed(): Script {
  const body = gzipSync(Buffer.alloc(MOST_MEGABYTES * MEGABYTE.length, ' '));
  return {
    play: ({ response }) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
      response.end(body);
    },
  };
}

describe('OpenAiLanguageModel before an answer without measure', () => {
  let openAi: OpenAiUnderTest;

  beforeEach(async () => {
    openAi = await OpenAiUnderTest.start('sk-test');
  });
  afterEach(() => openAi.server.close());

  it('closes the connection after 2 MB and tries again', async () => {
    const script = flood(200);
    openAi.server.script(script);

    const given = await openAi.afterWaits(1, openAi.model().answer(aModelRequest(), NEVER));

    expect(given.text).toBe('O curso custa R$ 100.');
    expect(openAi.logger.entries[0]?.fields['reason']).toBe(
      "The model's answer cannot be used: it is larger than 2 MB.",
    );
    // What the sockets of both sides hold has left the server, too.
    expect(script.sentMegabytes).toBeLessThan(MOST_MEGABYTES / 2);
  });

  it('closes it also where the flood is an error page', async () => {
    const script = flood(500);
    openAi.server.script(script);

    const given = await openAi.afterWaits(1, openAi.model().answer(aModelRequest(), NEVER));

    expect(given.text).toBe('O curso custa R$ 100.');
    expect(openAi.logger.entries[0]?.fields['status']).toBe(500);
    expect(script.sentMegabytes).toBeLessThan(MOST_MEGABYTES / 2);
  });

  it('measures what is unpacked', async () => {
    openAi.server.script(packed());

    await openAi.afterWaits(1, openAi.model().answer(aModelRequest(), NEVER));

    expect(openAi.logger.entries[0]?.fields['reason']).toBe(
      "The model's answer cannot be used: it is larger than 2 MB.",
    );
  });

  it('uses a text of 12,000 characters', async () => {
    openAi.server.script(answer(200, aCompletion('a'.repeat(12_000))));

    const given = await openAi.model().answer(aModelRequest(), NEVER);

    expect(given.text).toBe('a'.repeat(12_000));
  });

  it('uses no text of more', async () => {
    const long = answer(200, aCompletion('a'.repeat(12_001)));
    openAi.server.script(long, long, long);

    const error = await openAi.failureAfter(2, openAi.model().answer(aModelRequest(), NEVER));

    expect(error.kind).toBe('unusable');
    expect(error.message).toBe(
      "The model's answer cannot be used: it is longer than 12,000 characters.",
    );
  });
});
