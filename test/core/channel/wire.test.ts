import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { backoff, isNeverSent, whyOf, wireCode } from '../../../src/core/index.ts';

const failed = async (url: string): Promise<unknown> =>
  fetch(url).then(
    () => expect.unreachable('it was answered'),
    (error: unknown) => error,
  );

describe('what failed on the wire', () => {
  test('a refused connection and a name that does not exist were never sent, and the words hold no address', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise(resolve => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise(resolve => server.close(resolve));
    const refused = await failed(`http://127.0.0.1:${port}/bot123:secret/x`);
    expect(isNeverSent(refused)).toBe(true);
    expect(whyOf(refused)).toBe('TypeError: ECONNREFUSED');
    expect(isNeverSent(await failed('http://no-such-host.invalid/secret'))).toBe(true);
  });

  test('a connection that is cut in the middle leaves it unknown', async () => {
    const server = createServer(request => request.socket.destroy()).listen(0, '127.0.0.1');
    await new Promise(resolve => server.once('listening', resolve));
    const error = await failed(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    server.close();
    expect(isNeverSent(error)).toBe(false);
    expect(wireCode(error)).toMatch(/^(?:UND_ERR_SOCKET|ECONNRESET)$/);
  });

  test.each([
    [Object.assign(new Error('x'), { code: 'ETIMEDOUT', syscall: 'connect' }), true],
    [Object.assign(new Error('x'), { code: 'ETIMEDOUT', syscall: 'read' }), false],
    [Object.assign(new Error('x'), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }), true],
    [Object.assign(new Error('x'), { error: Object.assign(new Error('y'), { code: 'EAI_AGAIN' }) }), true],
    [
      Object.assign(new Error('x'), {
        code: 'slack_webapi_request_error',
        original: Object.assign(new Error('y'), { code: 'ENETUNREACH' }),
      }),
      true,
    ],
    [new DOMException('late', 'TimeoutError'), false],
    ['words', false],
  ])('%s was never sent: %s', (error, isSo) => {
    expect(isNeverSent(error)).toBe(isSo);
  });

  test('a circle of causes ends', () => {
    const one = new Error('one');
    one.cause = new Error('two', { cause: one });
    expect(wireCode(one)).toBeUndefined();
    expect(whyOf(one)).toBe('Error');
    expect(whyOf('token')).toBe('unknown error');
  });

  test('the wait doubles to its end', () => {
    expect([1, 2, 3, 4, 99].map(n => backoff(n, 1_000, 5_000))).toEqual([1_000, 2_000, 4_000, 5_000, 5_000]);
  });
});
