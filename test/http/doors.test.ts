/** The doors by which mail is brought: whoever floods one, known or not, shuts no other, and nobody shuts one by promises. */
import { type ClientRequest, request } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import type { Channel, DoorRequest } from '../../src/core/index.ts';
import { serve } from './serve.ts';

const MIB = 1024 * 1024;
const LIMIT = 96 * MIB;

/** A channel with doors: `raw` and `postmark` know who comes by a header, `mailgun` by the body alone, which takes until `gate` to look at. */
async function doors(gate?: Promise<unknown>) {
  const read = async (body: Uint8Array) => {
    const good = Buffer.from(body.buffer, body.byteOffset, 4).toString() === 'good';
    if (!good) return { verified: false, response: { status: 401 }, why: 'wrong' } as const;
    await gate;
    return { verified: true, inbound: [], respond: async () => ({ status: 200 }) } as const;
  };
  const receiveFrom = ({ source, headers }: DoorRequest) =>
    source !== 'mailgun' && headers.authorization !== 'right'
      ? ({ open: false, response: { status: 401 }, why: 'who is that' } as const)
      : { open: true as const, limit: LIMIT, proved: source !== 'mailgun', read };
  const channel = { kind: 'mail', receiveFrom } as unknown as Channel;
  const { url, close } = await serve({ channels: new Map([['mail', channel]]) });
  const open = new Set<ClientRequest>();
  onTestFinished(async () => {
    for (const one of open) one.destroy();
    await close();
  });
  /** Begins a request that promises so many bytes. */
  const begin = (source: string, length: number, headers: Record<string, string> = {}) => {
    const { promise, resolve } = Promise.withResolvers<number>();
    const outgoing = request(`${url}/hooks/mail/${source}`, {
      method: 'POST',
      headers: { authorization: 'right', 'content-length': length, ...headers },
    });
    open.add(outgoing);
    outgoing.on('response', incoming => {
      incoming.resume();
      resolve(incoming.statusCode ?? 0);
    });
    outgoing.on('error', () => resolve(0));
    outgoing.flushHeaders();
    const write = (bytes: Buffer) => new Promise<void>(done => outgoing.write(bytes, () => done()));
    return { status: promise, write, end: (bytes: Buffer) => outgoing.end(bytes) };
  };
  const brings = (source: string, body = Buffer.from('good'), headers = {}): Promise<number> => {
    const one = begin(source, body.length, headers);
    one.end(body);
    return one.status;
  };
  return { begin, brings };
}

test('who is known and fills a door has to wait there; the other doors stay open', async () => {
  const gate = Promise.withResolvers<void>();
  const { begin, brings } = await doors(gate.promise);
  const first = begin('postmark', LIMIT);
  await first.write(Buffer.from('good'));
  await expect.poll(() => brings('postmark', Buffer.alloc(MIB))).toBe(503);
  const other = brings('raw');
  gate.resolve();
  expect(await other).toBe(200);
});

test('strangers who promise mails, or send them slowly, hold nobody up', async () => {
  const { begin, brings } = await doors();
  for (let nth = 0; nth < 20; nth++) {
    await begin('mailgun', 80 * MIB).write(Buffer.from('junk'));
    expect(await brings('raw', Buffer.alloc(MIB), { authorization: 'wrong' })).toBe(401);
  }
  expect(await brings('mailgun')).toBe(200);
  expect(await brings('raw')).toBe(200);
});

test('where strangers send more than a door holds, whoever has been at it longest comes again; a mail that is quick gets through', async () => {
  const { begin, brings } = await doors();
  const strangers = [1, 2, 3, 4].map(() => begin('mailgun', LIMIT));
  for (const { write } of strangers.slice(0, 3)) await write(Buffer.alloc(30 * MIB));
  expect(await brings('mailgun', Buffer.concat([Buffer.from('good'), Buffer.alloc(20 * MIB)]))).toBe(200);
  expect(await strangers[0]?.status).toBe(503);
  expect(await brings('raw')).toBe(200);
});
