import { afterEach, beforeEach, expect, it } from 'vitest';
import { telegramRequestFaults } from '../../harness/telegram-schema.ts';
import { type Desk, outbound, startDesk } from './desk.ts';

let desk: Desk;
let clock: { now(): number; pass(ms: number): void };
beforeEach(async () => {
  let at = Date.now();
  clock = {
    now: () => at,
    pass(ms) {
      at += ms;
    },
  };
  desk = await startDesk({ clock });
  await desk.sim.person('ana').starts();
});
afterEach(async () => {
  const faults = desk.sim.requests.flatMap(({ path, body }) => telegramRequestFaults(path, body));
  await desk.stop();
  expect(faults).toEqual([]);
});

const ana = () => desk.sim.person('ana');
const seen = () => ana().screen().places[0]?.messages.at(-1);
async function sent(text: string, over = {}): Promise<string> {
  const receipt = await desk.channel.deliver(outbound(text, over), ana().id);
  if (receipt.outcome !== 'delivered' || receipt.ref === undefined) throw new Error('it was not sent');
  return receipt.ref;
}
const edits = (text: string, ref: string, over = {}) =>
  desk.channel.edit?.(outbound(text, over), ana().id, ref);
const echoes = (emoji: string, on: boolean, ref: string) => desk.channel.echo?.(emoji, on, ana().id, ref);
const file = { name: 'a.txt', type: 'text/plain', size: 1, read: async () => Buffer.from('x') };

it('a message is shown anew with its buttons, twice is once, and a deleted one is refused', async () => {
  const ref = await sent('old');
  const over = { buttons: [{ action: 'a', label: 'Yes' }] };
  expect(await edits('**new**', ref, over)).toEqual({ outcome: 'delivered', ref });
  expect(seen()).toMatchObject({ text: 'new', edited: true, buttons: [{ label: 'Yes' }] });
  expect(await edits('**new**', ref, over)).toEqual({ outcome: 'delivered', ref });
  await ana().deletes(ref);
  expect(await edits('newer', ref)).toMatchObject({ outcome: 'refused', code: 'invalid' });
});

it('of a file the caption is changed', async () => {
  const ref = await sent('old', { files: [file] });
  expect(await edits('new', ref)).toEqual({ outcome: 'delivered', ref });
  expect(seen()?.text).toBe('[document: a.txt] new');
});

it('a message is taken back for two days, and one that is gone is gone', async () => {
  const remove = (ref: string) => desk.channel.remove?.(ana().id, ref);
  const ref = await sent('oops');
  expect(await remove(ref)).toEqual({ outcome: 'delivered', ref });
  expect(seen()?.text).not.toBe('oops');
  expect(await remove(ref)).toEqual({ outcome: 'delivered', ref });
  const old = await sent('old');
  clock.pass(48 * 3_600_000 + 1);
  expect(await remove(old)).toMatchObject({ outcome: 'refused', code: 'invalid' });
});

it('a reaction is echoed with what Telegram has, the newest wins, and others are refused', async () => {
  const ref = (await ana().says('thank you')) ?? '';
  expect(await echoes('❤️', true, ref)).toEqual({ outcome: 'delivered', ref });
  expect(seen()?.reactions).toEqual([{ emoji: '❤', count: 1 }]);
  expect(await echoes('🔥', true, ref)).toMatchObject({ outcome: 'delivered' });
  expect(await echoes('❤️', false, ref)).toMatchObject({ outcome: 'delivered' });
  expect(seen()?.reactions).toEqual([{ emoji: '🔥', count: 1 }]);
  expect(await echoes('🔥', false, ref)).toMatchObject({ outcome: 'delivered' });
  expect(seen()?.reactions).toEqual([]);
  expect(await echoes('✅', true, ref)).toMatchObject({ outcome: 'refused', code: 'invalid' });
});

it('a person who blocked the bot sees nothing of it', async () => {
  const ref = await sent('old');
  await ana().blocks();
  expect(await edits('new', ref)).toMatchObject({ outcome: 'refused', code: 'blocked' });
  expect(await edits('new', 'nonsense')).toMatchObject({ outcome: 'refused', code: 'invalid' });
});

it('what got no answer is not known', async () => {
  const ref = await sent('old');
  desk.sim.addFault({ match: /editMessageText/, kind: 'lose-answer' });
  expect(await edits('new', ref)).toMatchObject({ outcome: 'unknown' });
  expect(await edits('new', ref)).toMatchObject({ outcome: 'delivered' });
});
