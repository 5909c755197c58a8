import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Fault } from '../../../src/simulator/model.ts';
import { telegramRequestFaults } from '../../harness/telegram-schema.ts';
import { type Desk, outbound, startDesk } from './desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await startDesk();
  await desk.sim.person('ana').starts();
});
afterEach(async () => {
  const api = desk.sim.requests.filter(({ path }) => !path.startsWith('/file/'));
  const faults = api.flatMap(({ path, body }) => telegramRequestFaults(path, body));
  await desk.stop();
  expect(faults).toEqual([]);
});

const ana = () => desk.sim.person('ana');
const seen = (count: number) => ana().screen().places[0]?.messages.slice(-count) ?? [];
const png = Buffer.from('89504e470d0a1a0a', 'hex');
const file = (name: string, type = 'text/plain', bytes: Uint8Array = Buffer.from('content')) => ({
  name,
  type,
  size: bytes.byteLength,
  read: async () => bytes,
});
const send = (text: string, ...files: ReturnType<typeof file>[]) =>
  desk.channel.deliver(outbound(text, { files }), ana().id);

it('one file goes with the text, its name as it is; a picture is a photo', async () => {
  expect(await send('**here**', file('raport; "Q3" ąę.txt'))).toMatchObject({ outcome: 'delivered' });
  expect(seen(1)[0]?.text).toBe('[document: raport; _Q3_ ąę.txt] here');
  await send('', file('shot.png', 'image/png', png));
  expect(seen(1)[0]?.text).toBe('[photo: shot.png]');
});

it('several are an album, and a text too long for a caption goes ahead', async () => {
  const receipt = await send('both', file('a.txt'), file('shot.png', 'image/png', png));
  expect(seen(2).map(({ text }) => text)).toEqual(['[document: a.txt] both', '[document: shot.png]']);
  expect(receipt).toEqual({ outcome: 'delivered', ref: seen(2)[0]?.id });
  await send('x'.repeat(1025), file('a.txt'));
  expect(seen(2).map(({ text }) => text.length)).toEqual([1025, '[document: a.txt]'.length]);
});

it('what Telegram refuses is refused, and an upload that got no answer is not known', async () => {
  expect(await send('', file('empty.txt', 'text/plain', Buffer.alloc(0)))).toMatchObject({
    outcome: 'refused',
  });
  desk.sim.addFault({ match: /sendDocument/, kind: 'lose-answer' });
  expect(await send('', file('a.txt'))).toMatchObject({ outcome: 'unknown' });
});

async function given(bytes: Uint8Array) {
  await desk.listens();
  await ana().sendsDocument('trace.log', bytes);
  const said = (await desk.hears(2)).at(-1);
  const [one] = said?.type === 'said' ? (said.files ?? []) : [];
  if (one === undefined) throw new Error('no file came');
  return one;
}
async function read(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of bytes) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

it('a file is fetched, and reading ends where it would be too much', async () => {
  const one = await given(Buffer.from('hop 1'));
  expect(one).toMatchObject({ name: 'trace.log', size: 5 });
  const fetched = await desk.channel.fetchFile?.(one, 100);
  expect(fetched?.outcome === 'fetched' && (await read(fetched.bytes))).toBe('hop 1');
  const short = await desk.channel.fetchFile?.(one, 4);
  if (short?.outcome !== 'fetched') throw new Error('it was not fetched');
  await expect(read(short.bytes)).rejects.toThrow('larger than 4 bytes');
});

it('above 20 MB it is refused with the reason, also when the size was not told', async () => {
  const one = await given(Buffer.alloc(20 * 1024 * 1024 + 1));
  const refused = { outcome: 'refused', why: expect.stringContaining('20 MB') };
  expect(await desk.channel.fetchFile?.(one, 1e9)).toEqual(refused);
  const { size: _, ...unsized } = one;
  expect(await desk.channel.fetchFile?.(unsized, 1e9)).toEqual(refused);
  expect(await desk.channel.fetchFile?.({ source: 'nonsense', name: 'x' }, 1e9)).toMatchObject({
    outcome: 'refused',
  });
});

const faults: readonly [string, Fault][] = [
  ['a flood', { match: /getFile/, kind: 'status', status: 429, retryAfterSeconds: 7 }],
  ['a fault of Telegram', { match: /getFile/, kind: 'status', status: 500 }],
  ['no connection', { match: /getFile/, kind: 'refuse-connection' }],
  ['a link that expired', { match: /GET .file/, kind: 'status', status: 404 }],
  ['a link that breaks', { match: /GET .file/, kind: 'refuse-connection' }],
];
it.each(faults)('after %s it is tried again, and the token is nowhere', async (_, fault) => {
  const one = await given(Buffer.from('hop 1'));
  desk.sim.addFault(fault);
  const fetched = await desk.channel.fetchFile?.(one, 100);
  expect(fetched).toMatchObject({ outcome: 'retry', ...(fault.retryAfterSeconds && { afterMs: 7000 }) });
  expect(JSON.stringify([fetched, desk.logged])).not.toContain(desk.sim.botToken);
});
