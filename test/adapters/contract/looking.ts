/** What the desk can ask a platform: earlier attempts, files, roles, addresses, its state. */
import { buffer } from 'node:stream/consumers';
import { expect } from 'vitest';
import type { Channel, InboundFile } from '../../../src/core/index.ts';
import { type Case, done, message, opensPost, opensThread, type Rig } from './model.ts';

const ownRooms =
  'between the desk and its own rooms no answer is lost; without its database: test/adapters/webchat';
const asAbove = 'what was done without an answer, and what never was: the cases above';

export const find: readonly Case[] = [
  {
    name: 'what stands there is found by the id of its delivery, and nothing else is',
    absent: { slack: asAbove, discord: asAbove, telegram: asAbove },
    async run(rig) {
      const { address } = await opensThread(rig);
      const sent = message('only once');
      const { ref } = done(await rig.channel.deliver(sent, address));
      const look = (id: string) => rig.channel.find?.(rig.lookup({ kind: 'post', id, to: address }));
      expect(await look(sent.id)).toMatchObject({ outcome: 'delivered', ref });
      expect(await look('never')).toEqual({ outcome: 'absent' });
    },
  },
  {
    name: 'an attempt without an answer is found when it was done',
    absent: { webchat: ownRooms },
    async run(rig) {
      const { address } = await opensThread(rig);
      const sent = message('only once');
      rig.sim.addFault({ match: rig.request.deliver ?? /./, kind: 'lose-answer' });
      expect(await rig.channel.deliver(sent, address)).toMatchObject({ outcome: 'unknown' });
      const about = rig.lookup({ kind: 'post', id: sent.id, to: address });
      await expect
        .poll(() => rig.channel.find?.(about), { timeout: rig.patience })
        .toMatchObject({ outcome: 'delivered' });
      const found = await rig.channel.find?.(about);
      const [shown] = rig.messages(rig.customer).filter(({ text }) => text === 'only once');
      expect(found?.outcome === 'delivered' && found.ref).toBe(shown?.id);
    },
  },
  {
    name: 'a place that was made without an answer is found by its ticket',
    absent: { webchat: ownRooms },
    async run(rig) {
      rig.sim.addFault({ match: rig.request.openThread ?? /./, kind: 'lose-answer' });
      await rig.channel.openThread?.(rig.thread());
      const found = await rig.channel.find?.(rig.lookup({}));
      // Discord's thread is there and empty: the next attempt uses it.
      expect(found?.outcome).toBe(rig.kind === 'discord' ? 'absent' : 'delivered');
      done(await rig.channel.openThread?.(rig.thread()));
      const own = rig.customer
        .screen()
        .places.filter(({ kind, title }) => kind === 'thread' && title.startsWith('#12'));
      expect(own.length).toBeLessThanOrEqual(1);
    },
  },
  {
    name: 'a post that was made without an answer is found by its ticket',
    absent: { webchat: ownRooms },
    async run(rig) {
      rig.sim.addFault({ match: rig.request.openPost ?? /./, kind: 'lose-answer' });
      expect(await rig.channel.openPost?.(rig.card())).toMatchObject({ outcome: 'unknown' });
      const found = await rig.channel.find?.(rig.lookup({ kind: 'desk-post', id: rig.card().id }));
      expect(found).toMatchObject({ outcome: 'delivered', address: expect.any(String) });
    },
  },
  {
    name: 'what never was is absent, and where nobody can be asked it is unsure',
    absent: { webchat: ownRooms },
    async run(rig) {
      const { address } = await opensThread(rig);
      const about = rig.lookup({ kind: 'post', id: 'never', to: address });
      await expect
        .poll(() => rig.channel.find?.(about), { timeout: rig.patience })
        .toEqual({ outcome: 'absent' });
      rig.sim.addFault({ match: rig.request.find ?? /./, kind: 'status', status: 500, times: 2 });
      expect(await rig.channel.find?.(about)).toEqual({ outcome: 'unsure' });
    },
  },
];

async function given(rig: Rig): Promise<InboundFile> {
  const { address } = await opensThread(rig);
  await rig.sends(address, 'look', { name: 'trace.log', bytes: new TextEncoder().encode('it broke') });
  const { files = [] } = await (rig.kind === 'email' ? rig.hears('wrote') : rig.hears('said'));
  const [file] = files;
  if (!file) throw new Error('the file was not told of');
  return file;
}

const contentOf = async (channel: Channel, file: InboundFile, max: number): Promise<string> => {
  const fetched = await channel.fetchFile?.(file, max);
  if (fetched?.outcome !== 'fetched') throw new Error(JSON.stringify(fetched));
  return (await buffer(fetched.bytes)).toString();
};

export const fetchFile: readonly Case[] = [
  {
    name: 'a file that came with a message can be had, byte by byte, and no further than allowed',
    async run(rig) {
      const file = await given(rig);
      expect(file).toMatchObject({ name: 'trace.log', size: 8 });
      expect(await contentOf(rig.channel, file, 100)).toBe('it broke');
      await expect(contentOf(rig.channel, file, 4)).rejects.toThrow();
    },
  },
  {
    name: 'one that cannot be had now is tried later; what is no file of the platform is refused',
    absent: {
      webchat: 'uploads lie on the desk’s own disk: test/adapters/webchat',
      email: 'a letter’s files come with it and are on the desk’s own disk',
    },
    async run(rig) {
      const file = await given(rig);
      rig.sim.addFault({ match: rig.request.fetchFile ?? /./, kind: 'status', status: 503 });
      expect(await rig.channel.fetchFile?.(file, 100)).toMatchObject({ outcome: 'retry' });
      rig.sim.addFault({ match: rig.request.fetchFile ?? /./, kind: 'refuse-connection' });
      expect(await rig.channel.fetchFile?.(file, 100)).toMatchObject({ outcome: 'retry' });
      for (const source of ['https://example.com/x', 'file:///etc/passwd', 'F0NOBODY', ''])
        expect(await rig.channel.fetchFile?.({ ...file, source }, 100), source).toMatchObject({
          outcome: 'refused',
        });
    },
  },
];

export const rolesOf: readonly Case[] = [
  {
    name: 'staff have the role, customers and strangers do not',
    async run(rig) {
      expect(await rig.channel.rolesOf?.(rig.staff.id)).toContain(rig.staffRole);
      expect(await rig.channel.rolesOf?.(rig.customer.id)).not.toContain(rig.staffRole);
      expect(await rig.channel.rolesOf?.('404')).not.toContain(rig.staffRole);
    },
  },
  {
    name: 'nobody is staff while the platform cannot be asked',
    async run(rig) {
      rig.sim.addFault({ match: rig.request.rolesOf ?? /./, kind: 'status', status: 500 });
      expect(await rig.channel.rolesOf?.(rig.staff.id)).toBeUndefined();
    },
  },
];

export const hasRead: readonly Case[] = [
  {
    name: 'what its person has looked at was read, and what came after that was not',
    async run(rig) {
      const { address } = await opensThread(rig);
      const first = done(await rig.channel.deliver(message('first'), address));
      expect(await rig.channel.hasRead?.(address, first.ref)).toBe(false);
      await rig.reads();
      await expect
        .poll(() => rig.channel.hasRead?.(address, first.ref), { timeout: rig.patience })
        .toBe(true);
      const second = done(await rig.channel.deliver(message('second'), address));
      expect(await rig.channel.hasRead?.(address, second.ref)).toBe(false);
    },
  },
];

export const showWriting: readonly Case[] = [
  {
    name: 'whoever is there sees that somebody writes to them, and nothing of it stays',
    async run(rig) {
      const { address } = await opensThread(rig);
      const before = rig.messages(rig.customer).length;
      rig.channel.showWriting?.(address);
      await rig.sees(rig.customer, 'Somebody is writing');
      expect(rig.messages(rig.customer)).toHaveLength(before);
    },
  },
];

export const openChat: readonly Case[] = [
  {
    name: 'what is sent to the address of a person’s chat they see there; asked again it is the same, and nothing is said by asking',
    async run(rig) {
      const before = rig.messages(rig.customer).length;
      const { address } = done(await rig.channel.openChat?.(rig.who));
      expect(done(await rig.channel.openChat?.(rig.who)).address).toBe(address);
      expect(rig.messages(rig.customer)).toHaveLength(before);
      done(await rig.channel.deliver(message('told in the chat'), address));
      await rig.sees(rig.customer, 'told in the chat');
    },
  },
  {
    name: 'one that is said to be known without asking took no request, every other took one',
    async run(rig) {
      const before = rig.sim.requests.length;
      const receipt = await rig.channel.openChat?.(rig.who);
      done(receipt);
      expect(rig.sim.requests.length > before).toBe(!(receipt && 'unasked' in receipt));
    },
  },
];

export const linkTo: readonly Case[] = [
  {
    name: 'a place has its address in the web, and only a place has',
    async run(rig) {
      const { address } = await opensPost(rig);
      const link = () => rig.channel.linkTo?.(address);
      await expect.poll(link, { timeout: rig.patience }).toMatch(/^https:\/\/[\w.-]+\/\S+$/);
      const tail = address.split('/').at(-1)?.replace('.', '') ?? '?';
      expect(link()).toContain(tail);
      for (const none of ['', '@durov', 'https://evil.example/', '1/../2'])
        expect(rig.channel.linkTo?.(none), none).toBeUndefined();
    },
  },
];

/** As core makes them: 32 bytes in base64url, which may begin and end with any sign of it. */
const TOKENS = [`${'-'.padEnd(42, 'aZ09_')}_`, '0'.repeat(43)];

export const startLink: readonly Case[] = [
  {
    name: 'who opens the address hands the token in, to the letter',
    async run(rig) {
      await rig.ready();
      for (const token of TOKENS) {
        const url = rig.channel.startLink?.(token) ?? '';
        expect(url).toMatch(/^https:\/\//);
        await rig.follows(url);
        await expect
          .poll(() => rig.heard.at(-1), { timeout: rig.patience })
          .toMatchObject({ type: 'asked', ask: { what: 'link', text: token }, from: rig.who, direct: true });
      }
    },
  },
  {
    name: 'while the bot’s own name is not known there is none, rather than one that leads elsewhere',
    via: 'nothing',
    run: async rig => expect(rig.channel.startLink?.('0'.repeat(43))).toBeUndefined(),
  },
];

export const check: readonly Case[] = [
  {
    name: 'all is well where all is well; a token or a login that is refused is found, with how to mend it',
    async run(rig) {
      await rig.ready();
      const faults = async () => ((await rig.channel.check?.()) ?? []).filter(({ ok }) => !ok);
      expect(await rig.channel.check?.()).not.toEqual([]);
      expect(await faults()).toEqual([]);
      rig.revoke();
      const [fault] = await faults();
      expect(fault?.mend).toBeTruthy();
      expect(`${fault?.what} ${fault?.mend}`).toMatch(/\b(?:token|refused the login)\b/);
    },
  },
  {
    name: 'a desk that the bot cannot reach is found, with how to mend it',
    absent: { email: 'mail has no desk', webchat: 'staff do not sit on the website' },
    async run(rig) {
      rig.forbid('');
      const found = ((await rig.channel.check?.()) ?? []).filter(({ ok }) => !ok);
      expect(found.length).toBeGreaterThan(0);
      for (const { mend } of found) expect(mend).toBeTruthy();
    },
  },
];
