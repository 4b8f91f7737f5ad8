import { describe, expect, it } from '@jest/globals';

import { isDirectLoopback } from '../../../../../src/adapters/inbound/http/direct-loopback.ts';

const HOST = { host: 'localhost:8000' };

describe('isDirectLoopback', () => {
  it.each(['127.0.0.1', '127.8.9.1', '::1', '::ffff:127.0.0.1'])('believes %s', (address) => {
    const isDirect = isDirectLoopback({ socket: { remoteAddress: address }, headers: HOST });

    expect(isDirect).toBe(true);
  });

  it.each(['192.0.2.7', '10.0.0.1', '::ffff:192.0.2.7', '2001:db8::1', '1127.0.0.1', ''])(
    'refuses the address "%s"',
    (address) => {
      const isDirect = isDirectLoopback({ socket: { remoteAddress: address }, headers: HOST });

      expect(isDirect).toBe(false);
    },
  );

  it('refuses a connection that is gone', () => {
    const isDirect = isDirectLoopback({ socket: {}, headers: HOST });

    expect(isDirect).toBe(false);
  });

  it.each(['localhost', 'LOCALHOST:8000', '127.0.0.1:8000', '[::1]:8000'])(
    'believes a request to %s',
    (host) => {
      const isDirect = isDirectLoopback({
        socket: { remoteAddress: '127.0.0.1' },
        headers: { host },
      });

      expect(isDirect).toBe(true);
    },
  );

  it.each(['shop.example', 'localhost.example:8000', '192.0.2.7', ''])(
    'refuses a request to "%s", a name that may have been pointed here',
    (host) => {
      const isDirect = isDirectLoopback({
        socket: { remoteAddress: '127.0.0.1' },
        headers: { host },
      });

      expect(isDirect).toBe(false);
    },
  );
});
