/** Files, both ways. */
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fetched, InboundFile, OutboundFile } from '../../../src/core/index.ts';
import type { DiscordSimulator } from '../../../src/simulator/discord/index.ts';
import { delivered, startWorld, threadFor, type World } from './world.ts';

let world: World;
let sim: DiscordSimulator;
let place: { address: string; ref: string };
let late = 0;

beforeEach(async () => {
  late = 0;
  world = await startWorld({ clock: { now: () => Date.now() + late } });
  ({ sim } = world);
  place = delivered(await world.channel.openThread(threadFor(sim)));
});
afterEach(() => world.stop());

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const outbound = (name: string, content: string): OutboundFile => ({
  name,
  type: 'text/plain',
  size: content.length,
  read: async () => bytes(content),
});
const contentOf = async (fetched: Fetched): Promise<string> => {
  if (fetched.outcome !== 'fetched') throw new Error(JSON.stringify(fetched));
  return (await buffer(fetched.bytes)).toString();
};

describe('a file of a person', () => {
  let file: InboundFile;
  beforeEach(async () => {
    await sim.person('ana').says('look', place.address, [{ name: 'trace.log', bytes: bytes('it broke') }]);
    const said = await world.hears('said');
    [file] = said.files as [InboundFile];
  });

  it('is told of with the message, and can be had, also when its link has expired', async () => {
    expect(file).toMatchObject({ name: 'trace.log', size: 8 });
    expect(await contentOf(await world.channel.fetchFile(file, 100))).toBe('it broke');
    late = 90_000_000;
    expect(await contentOf(await world.channel.fetchFile(file, 100))).toBe('it broke');
    const sent = sim.requests.filter(one => one.path === '/attachments/refresh-urls');
    expect(sent).toHaveLength(1);
  });

  it('ends with an error after so many bytes', async () => {
    const fetched = await world.channel.fetchFile(file, 4);
    await expect(contentOf(fetched)).rejects.toThrow('too large');
  });

  it('that is gone is refused; one that cannot be had now is tried later', async () => {
    sim.addFault({ match: /GET \/attachments/, kind: 'status', status: 503 });
    expect(await world.channel.fetchFile(file, 100)).toMatchObject({ outcome: 'retry' });
    sim.addFault({ match: /GET \/attachments/, kind: 'refuse-connection' });
    expect(await world.channel.fetchFile(file, 100)).toMatchObject({ outcome: 'retry' });
    late = 90_000_000;
    sim.addFault({ match: /refresh-urls/, kind: 'status', status: 429, retryAfterSeconds: 7 });
    const limited = await world.channel.fetchFile(file, 100);
    expect(limited).toMatchObject({ outcome: 'retry' });
    // The SDK counts from the answer on, by the real clock: some of the 7 s may have passed already.
    expect(limited).toHaveProperty('afterMs', expect.closeTo(7000, -3));
    const said = await world.hears('said');
    await sim.person('ana').deletes(said.ref);
    expect(await world.channel.fetchFile(file, 100)).toMatchObject({ outcome: 'refused' });
  });

  it.each([
    'https://example.com/x',
    'http://cdn.discordapp.com/x',
    'https://a@cdn.discordapp.com/x',
    'file:///etc/passwd',
    'x',
  ])('is not fetched from %s', async source => {
    expect(await world.channel.fetchFile({ source, name: 'x' }, 9)).toMatchObject({
      outcome: 'refused',
      why: 'the link leads elsewhere',
    });
  });
});

describe('files of the desk', () => {
  it('go with a message, ten at once, with their names as they are', async () => {
    const names = ['a "b"\r\n.txt', 'zażółć.log', ...Array.from({ length: 8 }, (_, n) => `f${n}.txt`)];
    const files = names.map(name => outbound(name, `in ${name}`));
    const sent = { id: 'd5', class: 'reply', text: 'Your files.', buttons: [], files } as const;
    delivered(await world.channel.deliver(sent, place.address));
    const seen = sim
      .person('ana')
      .screen()
      .places.find(one => one.id === place.address)
      ?.messages.at(-1)?.files;
    expect(seen?.map(one => one.name)).toEqual(names);
    const first = seen?.[1]?.url ?? '';
    expect(await (await fetch(first)).text()).toBe('in zażółć.log');
    delivered(await world.channel.deliver(sent, place.address));
    expect(
      sim
        .person('ana')
        .screen()
        .places.find(one => one.id === place.address)?.messages,
    ).toHaveLength(2);
  });

  it('that are too large for Discord are refused; one that the desk cannot read waits', async () => {
    const big = { ...outbound('big.bin', ''), read: async () => new Uint8Array(10 * 1024 * 1024 + 1) };
    const sent = { id: 'd5', class: 'reply', text: 'x', buttons: [] } as const;
    expect(await world.channel.deliver({ ...sent, files: [big] }, place.address)).toMatchObject({
      outcome: 'refused',
      code: 'invalid',
    });
    const broken = { ...outbound('b.txt', ''), read: () => Promise.reject(new Error('disk')) };
    expect(await world.channel.deliver({ ...sent, files: [broken] }, place.address)).toMatchObject({
      outcome: 'retry',
      scope: 'place',
    });
    const names = sim
      .person('ana')
      .screen()
      .places.find(one => one.id === place.address)?.messages;
    expect(names).toHaveLength(1);
  });
});
