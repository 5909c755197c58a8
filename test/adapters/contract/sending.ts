/** What the desk sends: messages, places, the card, and what follows them. */
import { expect } from 'vitest';
import type { Home, Outbound, OutboundFile, Receipt } from '../../../src/core/index.ts';
import {
  type Case,
  done,
  message,
  opensPlace,
  opensPost,
  opensThread,
  type Rig,
  type Spot,
} from './model.ts';

const file = (name: string, content: string): OutboundFile => ({
  name,
  type: 'text/plain',
  size: content.length,
  read: async () => new TextEncoder().encode(content),
});

/** The message of ours with this id, as the person sees it. */
function seen(rig: Rig, person: Rig['customer'], spot: Spot) {
  const found = rig
    .messages(person)
    .filter(({ place }) => rig.kind !== 'telegram' || place === spot.address)
    .find(({ id }) => id === spot.ref);
  if (!found) throw new Error(`${person.name} does not see ${spot.ref}`);
  return found;
}
const emojis = (rig: Rig, spot: Spot): string[] =>
  seen(rig, rig.staff, spot).reactions.map(({ emoji }) => emoji);

/** Delivers into a customer's place. Returns where it stands. */
async function delivers(rig: Rig, text: string, over: Partial<Outbound> = {}): Promise<Spot> {
  const { address } = await opensThread(rig);
  const { ref } = done(await rig.channel.deliver(message(text, over), address));
  return { address, ref };
}

export const deliver: readonly Case[] = [
  {
    name: 'a message stands in its place as it was meant, and the receipt names it',
    async run(rig) {
      const spot = await delivers(rig, 'Try **again**, `please`');
      const one = seen(rig, rig.customer, spot);
      expect(one).toMatchObject({ text: 'Try again, please', bot: true, ephemeral: false });
      expect(one.html).toMatch(/<(?:b|strong)>again<\/(?:b|strong)>/);
    },
  },
  {
    name: 'its buttons come back as they are, from where they were pressed',
    absent: { email: 'mail has no buttons' },
    async run(rig) {
      const action = 'x'.repeat(60);
      const spot = await delivers(rig, 'Sure?', { buttons: [{ action, label: 'Yes, do it' }] });
      await rig.customer.presses('Yes, do it', seen(rig, rig.customer, spot).place);
      expect(await rig.hears('pressed')).toMatchObject({
        action,
        place: spot.address,
        ref: spot.ref,
        from: rig.who,
      });
    },
  },
  {
    name: 'nobody is notified by what is in a text, and no markup of the platform is alive in it',
    async run(rig) {
      const text = '@everyone @here <!channel> <@everyone> <b>x</b>';
      const spot = await delivers(rig, text.replaceAll('<', '\\<'));
      const one = seen(rig, rig.customer, spot);
      expect(one.text.replaceAll('\u200B', '')).toBe(text);
      expect(one.html).not.toContain('<b>');
      // In Discord the thread's first message brings its own person in by a mention.
      const notified = (rig.sim as Rig['sim'] & { pings: readonly { readonly message: string }[] }).pings;
      expect(notified.filter(({ message }) => message === spot.ref)).toEqual([]);
    },
  },
  {
    name: 'it is sent although the message it answers is gone',
    absent: { email: 'nobody writes to the desk by mail, so nothing is answered' },
    async run(rig) {
      const { address } = await opensThread(rig);
      const asked = await rig.says(rig.customer, address, 'is it down?');
      await rig.customer.deletes(asked);
      done(await rig.channel.deliver(message('It is.', { replyTo: asked }), address));
    },
  },
  {
    name: 'its files go with it under their names',
    absent: { webchat: 'files of staff come as links, which last as long as the policy says' },
    async run(rig) {
      const spot = await delivers(rig, 'See these', {
        files: [file('trace.log', 'it broke'), file('more.txt', 'yes')],
      });
      expect(rig.files()).toEqual(['trace.log', 'more.txt']);
      expect(spot.ref).toBeTruthy();
    },
  },
  {
    name: 'an address that is none of the platform’s is refused, and nothing leaves',
    async run(rig) {
      const before = rig.sim.requests.length;
      for (const address of ['', '@durov', '../x', 'https://example.com'])
        expect(await rig.channel.deliver(message('hi'), address), address).toMatchObject({
          outcome: 'refused',
        });
      expect(rig.sim.requests.slice(before)).toEqual([]);
    },
  },
  {
    name: 'a place that is gone is said to be gone',
    async run(rig) {
      const { address } = await opensPlace(rig);
      await rig.vanish(address);
      expect(await rig.channel.deliver(message('hi'), address)).toMatchObject({
        outcome: 'refused',
        code: 'gone',
      });
    },
  },
  {
    name: 'a place that somebody must open to the bot is no success and no doubt',
    absent: { webchat: 'the desk’s own rooms are open to it' },
    async run(rig) {
      const { address } = await opensPlace(rig);
      rig.forbid(address);
      const receipt = await rig.channel.deliver(message('hi'), address);
      expect(['retry', 'refused']).toContain(receipt.outcome);
      if (receipt.outcome === 'retry') expect(rig.logged.join('\n')).toMatch(/permission|invite/);
    },
  },
  {
    name: 'somebody who blocked the bot is said to have',
    absent: {
      slack: 'nobody can block an app: who left is user_disabled, which is gone',
      discord: 'a thread in the server is no chat; of one’s own chat see test/adapters/discord/chats.test.ts',
      email: 'a reader who blocks a sender tells nobody: their mailbox drops the mail after it was taken',
      webchat: 'whoever wants no chat closes the bubble, and is asked nothing',
    },
    async run(rig) {
      const { address } = await opensThread(rig);
      await rig.block();
      expect(await rig.channel.deliver(message('hi'), address)).toMatchObject({
        outcome: 'refused',
        code: 'blocked',
      });
    },
  },
  {
    name: 'a token or a login that is refused holds the whole bot, and the operator is told',
    absent: { webchat: 'the desk logs in nowhere to write into its own rooms' },
    async run(rig) {
      const { address } = await opensThread(rig);
      rig.revoke();
      expect(await rig.channel.deliver(message('hi'), address)).toMatchObject({
        outcome: 'retry',
        scope: 'bot',
      });
    },
  },
];

export const openThread: readonly Case[] = [
  {
    name: 'the customer finds a place with the ticket’s number and the first words, and nobody else does',
    async run(rig) {
      const spot = await opensThread(rig);
      const one = seen(rig, rig.customer, spot);
      expect(one.text).toContain('We have your ticket #12.');
      expect(one.buttons).toMatchObject(rig.buttons ? [{ label: 'Close it' }] : []);
      const titles = rig.customer.screen().places.map(({ title }) => title);
      expect([...titles, one.text].join('\n')).toMatch(/#12\]? Server down/);
      expect(rig.messages(rig.staff).some(({ text }) => text.includes('We have your ticket'))).toBe(false);
    },
  },
  {
    name: 'what is said there is heard from there',
    absent: {
      webchat: 'all that is said in a bubble is said in the one chat of its person',
      email: 'mail only goes out: nobody reads what comes back',
    },
    async run(rig) {
      const { address } = await opensThread(rig);
      await rig.says(rig.customer, address, 'still down');
      expect(await rig.hears('said')).toMatchObject({
        place: address,
        direct: false,
        text: 'still down',
        from: rig.who,
      });
    },
  },
  {
    name: 'somebody who is not there is refused',
    absent: {
      discord:
        'a private thread is made by the bot, and a mention brings in who is in the server; nobody else can open one',
    },
    async run(rig) {
      const person = { ...rig.who, externalId: '404404404404404404' };
      const receipt = await rig.channel.openThread?.(rig.thread({ person }));
      expect(receipt?.outcome).toBe('refused');
    },
  },
];

export const openPost: readonly Case[] = [
  {
    name: 'staff find a post with the card, and its buttons work there',
    async run(rig) {
      const spot = await opensPost(rig);
      const one = seen(rig, rig.staff, spot);
      const place = rig.staff.screen().places.find(({ id }) => id === spot.address);
      for (const part of [
        '#12 Server down',
        'Open',
        'Critical',
        'Server',
        '192.0.2.7',
        'It does not answer.',
        'Write here to reply.',
      ])
        expect([one.text, place?.title, ...(place?.tags ?? [])].join('\n'), part).toContain(part);
      await rig.staff.presses('Claim', one.place);
      expect(await rig.hears('pressed')).toMatchObject({ action: 'claim:12', place: spot.address });
      expect(rig.messages(rig.customer).some(({ text }) => text.includes('192.0.2.7'))).toBe(false);
    },
  },
  {
    name: 'what staff say there is heard from there',
    async run(rig) {
      const { address } = await opensPost(rig);
      await rig.says(rig.staff, address, 'On it.');
      expect(await rig.hears('said')).toMatchObject({
        place: address,
        text: 'On it.',
        from: { externalId: rig.staff.id },
      });
    },
  },
  {
    name: 'a desk that cannot be written to is tried again, and the operator is told',
    async run(rig) {
      rig.forbid('');
      expect(await rig.channel.openPost?.(rig.card())).not.toMatchObject({ outcome: 'delivered' });
    },
  },
];

export const showCard: readonly Case[] = [
  {
    name: 'the card shows what is so now, in its place; twice is once',
    async run(rig) {
      const spot = await opensPost(rig);
      const card = rig.card({ body: 'It answers again.', buttons: [{ action: 'close:12', label: 'Close' }] });
      for (let times = 0; times < 2; times += 1)
        expect(done(await rig.channel.showCard?.(card, spot.address, spot.ref))).toEqual(spot);
      const one = seen(rig, rig.staff, spot);
      expect(one.text).toContain('It answers again.');
      expect(one.text).not.toContain('It does not answer.');
      expect(one.buttons).toMatchObject([{ label: 'Close' }]);
      expect(rig.messages(rig.staff).filter(({ text }) => text.includes('It answers again.'))).toHaveLength(
        1,
      );
    },
  },
];

export const react: readonly Case[] = [
  {
    name: 'a mark stands on the message, and the next one takes its place',
    async run(rig) {
      const { address } = await opensPost(rig);
      const spot = { address, ref: await rig.says(rig.staff, address, 'On it.') };
      const shown = new Set<string>();
      for (const mark of ['unknown', 'failed', 'sent'] as const) {
        done(await rig.channel.react?.(mark, address, spot.ref));
        expect(emojis(rig, spot)).toHaveLength(1);
        shown.add(emojis(rig, spot)[0] ?? '');
      }
      expect(shown.size).toBe(3);
    },
  },
];

export const edit: readonly Case[] = [
  {
    name: 'a message of ours says something else; twice is once',
    async run(rig) {
      const spot = await delivers(rig, 'At two.');
      for (let times = 0; times < 2; times += 1)
        done(await rig.channel.edit?.(message('At **three**.'), spot.address, spot.ref));
      expect(seen(rig, rig.customer, spot).text).toBe('At three.');
    },
  },
  {
    name: 'one that is gone is refused, and its place is not said to be',
    async run(rig) {
      const spot = await delivers(rig, 'At two.');
      done(await rig.channel.remove?.(spot.address, spot.ref));
      expect(await rig.channel.edit?.(message('At three.'), spot.address, spot.ref)).toMatchObject({
        outcome: 'refused',
        code: 'invalid',
      });
    },
  },
];

export const remove: readonly Case[] = [
  {
    name: 'a message of ours is gone; twice is once',
    async run(rig) {
      const spot = await delivers(rig, 'Not for you.');
      for (let times = 0; times < 2; times += 1) done(await rig.channel.remove?.(spot.address, spot.ref));
      expect(rig.messages(rig.customer).some(({ text }) => text.includes('Not for you.'))).toBe(false);
    },
  },
];

export const echo: readonly Case[] = [
  {
    name: 'a reaction stands on the message, and goes again; twice is once',
    async run(rig) {
      const { address } = await opensPost(rig);
      const spot = { address, ref: await rig.says(rig.staff, address, 'Done?') };
      for (const on of [true, true]) done(await rig.channel.echo?.('👍', on, address, spot.ref));
      expect(emojis(rig, spot)).toEqual(['👍']);
      for (const on of [false, false]) done(await rig.channel.echo?.('👍', on, address, spot.ref));
      expect(emojis(rig, spot)).toEqual([]);
    },
  },
  {
    name: 'what is no emoji of the platform is refused as invalid',
    async run(rig) {
      const { address } = await opensPost(rig);
      const ref = await rig.says(rig.staff, address, 'Done?');
      expect(await rig.channel.echo?.('no emoji', true, address, ref)).toMatchObject({
        outcome: 'refused',
        code: 'invalid',
      });
    },
  },
];

export const home: Home = {
  id: 'home-1',
  title: 'Your tickets',
  intro: 'We answer **day and night**.',
  buttons: [{ action: 'new', label: 'New ticket', style: 'primary' }],
  tickets: [{ mark: '#12', subject: 'Mail is down', state: 'open', line: 'Reply by **14:40**', buttons: [] }],
};

export const showHome: readonly Case[] = [
  {
    name: 'a person’s page shows their tickets, and its buttons work',
    async run(rig) {
      expect(await rig.channel.showHome?.(home, rig.who)).toMatchObject({ outcome: 'delivered' });
      await rig.customer.goes('Home');
      await rig.sees(rig.customer, '#12 Mail is down');
      await rig.customer.presses('New ticket', 'Home');
      expect(await rig.hears('pressed')).toMatchObject({ action: 'new', from: rig.who });
    },
  },
];

/** Does a deed for the first time; what came of it. */
export const deeds = {
  deliver: async rig => {
    const { address } = await opensPlace(rig);
    return () => rig.channel.deliver(message('a word'), address);
  },
  openThread: async rig => () => rig.channel.openThread?.(rig.thread()),
  openPost: async rig => () => rig.channel.openPost?.(rig.card()),
  showCard: async rig => {
    const { address, ref } = await opensPost(rig);
    return () => rig.channel.showCard?.(rig.card({ body: 'a word' }), address, ref);
  },
  react: async rig => {
    const { address } = await opensPost(rig);
    const ref = await rig.says(rig.staff, address, 'On it.');
    return () => rig.channel.react?.('sent', address, ref);
  },
  edit: async rig => {
    const { address, ref } = await delivers(rig, 'At two.');
    return () => rig.channel.edit?.(message('a word'), address, ref);
  },
  remove: async rig => {
    const { address, ref } = await delivers(rig, 'At two.');
    return () => rig.channel.remove?.(address, ref);
  },
  echo: async rig => {
    const { address } = await opensPost(rig);
    const ref = await rig.says(rig.staff, address, 'Done?');
    return () => rig.channel.echo?.('👍', true, address, ref);
  },
  showHome: async rig => () => rig.channel.showHome?.(home, rig.who),
} as const satisfies Record<string, (rig: Rig) => Promise<() => Promise<Receipt> | undefined>>;
