/** The numbers that a channel declares. */
import { expect } from 'vitest';
import { type Limits, splitMarkdown } from '../../../src/core/index.ts';
import { type Case, done, message, opensPost, opensThread, type Rig } from './model.ts';
import { subject } from './subject.ts';

/** Bytes of HTML that Gmail shows without "View entire message" (spamresource.com/2022/01/what-is-gmail-clipping-and-what-to-do.html). */
const SHOWN_BYTES = 102 * 1024;

/** This piece many times, and filled up so that it just fits. */
function longest({ text, measure }: Limits, piece: string): string {
  const whole = (fill: number): string =>
    `${piece.repeat(Math.min(150, Math.floor(text / piece.length / 2)))}\n\n${'x'.repeat(fill)}`;
  let fits = 1;
  let over = text * 5;
  while (over - fits > 1) {
    const half = Math.floor((fits + over) / 2);
    if (measure(whole(half)) <= text) fits = half;
    else over = half;
  }
  return whole(fits);
}
const seenIn = (rig: Rig): string =>
  rig
    .messages(rig.customer)
    .filter(({ text }) => /^[x&<*\s]+$/.test(text))
    .map(({ text }) => text)
    .join('');

export const limits: Readonly<Record<keyof Limits, readonly Case[]>> = {
  text: [
    {
      name: 'a text as long as it may be arrives whole',
      async run(rig) {
        const { address } = await opensThread(rig);
        const full = 'x'.repeat(rig.channel.limits.text);
        done(await rig.channel.deliver(message(full), address));
        expect(seenIn(rig)).toBe(full);
      },
    },
    {
      name: 'with one sign more it goes as two, and arrives whole',
      absent: { email: 'it carries in one mail the longest text that core reads (MAX_SOURCE)' },
      async run(rig) {
        const { address } = await opensThread(rig);
        const { text: max, measure } = rig.channel.limits;
        const full = 'x'.repeat(max);
        const pieces = splitMarkdown(`${full}x`, max, measure);
        expect(pieces.length).toBe(2);
        for (const piece of pieces) {
          expect(measure(piece)).toBeLessThanOrEqual(max);
          done(await rig.channel.deliver(message(piece), address));
        }
        expect(seenIn(rig)).toBe(`${full}x`);
      },
    },
    {
      name: 'the longest text is shown whole, without a click',
      absent: {
        slack: 'the platform cuts or refuses what is longer by itself: the case above',
        discord: 'the platform refuses what is longer by itself: the case above',
        telegram: 'the platform refuses what is longer by itself: the case above',
      },
      async run(rig) {
        const { address } = await opensThread(rig);
        done(await rig.channel.deliver(message('x'.repeat(rig.channel.limits.text)), address));
        const html = rig.messages(rig.customer).at(-1)?.html ?? '';
        expect(html.length).toBeGreaterThan(rig.channel.limits.text);
        expect(Buffer.byteLength(html)).toBeLessThan(SHOWN_BYTES);
      },
    },
  ],
  measure: [
    {
      name: 'a text without markup measures hardly more than it is, and never less',
      async run({ channel: { limits } }) {
        const measured = limits.measure('x'.repeat(1000));
        expect(measured).toBeGreaterThanOrEqual(1000);
        expect(measured).toBeLessThan(1100);
      },
    },
    {
      name: 'what is measured as fitting fits, however the dialect swells it',
      async run(rig) {
        const { address } = await opensThread(rig);
        for (const piece of [
          '&\\< ',
          '\\* ',
          '**x** ',
          '💥',
          '`x` ',
          '- x\n',
          '> x\n\n',
          '[l](https://a.example/x) ',
        ])
          expect(
            await rig.channel.deliver(message(longest(rig.channel.limits, piece)), address),
            piece,
          ).toMatchObject({
            outcome: 'delivered',
          });
      },
    },
  ],
  subject,
  way: [
    {
      name: 'it is the way to reach support that its people would say it is',
      async run({ kind, channel }) {
        const ways: Partial<Record<typeof kind, string>> = { email: 'mail', webchat: 'chat' };
        expect(channel.limits.way).toBe(ways[kind]);
      },
    },
  ],
  inbox: [
    {
      name: 'nobody is told to write where nothing is read',
      async run({ channel }) {
        expect(channel.limits.inbox).toBeUndefined();
      },
    },
  ],
  forms: [
    {
      name: 'a form may have so many fields; where there are none, nothing comes back from one',
      async run(rig) {
        const { forms } = rig.channel.limits;
        const has = rig.kind === 'slack' || rig.kind === 'discord' || rig.kind === 'webchat';
        expect(forms !== 'none').toBe(has);
        if (forms === 'none') return;
        const field = (n: number) =>
          ({ id: `f${n}`, kind: 'text', label: `Field ${n}`, required: false, maxLength: 100 }) as const;
        const fields = Array.from({ length: forms.fields }, (_, n) => field(n));
        rig.answers(() => ({
          type: 'form',
          form: {
            page: 'all',
            draft: '',
            locale: 'en',
            title: 'All of them',
            submit: 'Send',
            close: 'Cancel',
            fields,
          },
        }));
        await rig.asks();
        await rig.sees(rig.customer, 'All of them');
        const shown = rig.customer.screen().modal?.fields.filter(({ kind }) => kind !== 'files');
        expect(shown).toHaveLength(forms.fields);
      },
    },
  ],
  places: [
    {
      name: 'each ticket has a place of its own, or all of a person’s share one',
      async run(rig) {
        const one = await opensThread(rig);
        const two = await opensThread(rig, { id: '13', mark: '#13', title: '#13 Mail' });
        expect(one.address === two.address).toBe(rig.channel.limits.places === 'shared');
      },
    },
  ],
  bot: [
    {
      name: 'is measured',
      absent: {
        slack: 'npm run bench -- relay: a broadcast over all three within the declared rates gets no 429',
        discord: 'npm run bench -- relay',
        telegram: 'npm run bench -- relay',
        email: 'servers differ and do not tell: the operator says it (MAIL_RATE)',
        webchat: 'npm run bench -- chat: nothing lies between but the desk’s own database',
      },
      run: async () => undefined,
    },
    {
      name: 'is a rate: it takes some, and goes on',
      async run({ channel: { limits } }) {
        expect(limits.bot.burst).toBeGreaterThanOrEqual(1);
        expect(limits.bot.perSecond).toBeGreaterThanOrEqual(1);
        expect(limits.bot.perSecond + limits.bot.burst).toBeLessThanOrEqual(50);
      },
    },
  ],
  place: [
    {
      name: 'no place is written to faster than the bot may write at all',
      async run({ channel: { limits } }) {
        expect(limits.place.perSecond).toBeLessThanOrEqual(limits.bot.perSecond);
        expect(limits.place.burst).toBeLessThanOrEqual(limits.bot.burst);
      },
    },
    {
      name: 'a burst into one place meets no limit of the platform',
      rateLimits: true,
      absent: {
        email: 'no mail server tells a number: this one is the desk’s own restraint',
        webchat: 'there is no platform that could have a limit',
      },
      async run(rig) {
        const { address } = await opensPost(rig);
        // The place's first message was the card.
        for (let n = 1; n < rig.channel.limits.place.burst; n += 1)
          expect(await rig.channel.deliver(message(`${n}`), address), `${n}`).toMatchObject({
            outcome: 'delivered',
          });
      },
    },
  ],
  opens: [
    {
      name: 'so many places at once meet no limit of the platform, where there is a rate for them',
      rateLimits: true,
      absent: {
        telegram: 'topics count as calls of the bot',
        slack: 'a thread is a message: the place’s rate',
      },
      async run(rig) {
        const { opens } = rig.channel.limits;
        // All of the bot's calls are 50 in a second, and a post's tags take two.
        for (let n = 0; n < Math.min(opens?.burst ?? 0, 40); n += 1)
          expect(
            await rig.channel.openPost?.(rig.card({ id: `p${n}`, mark: `#${n}` })),
            `${n}`,
          ).toMatchObject({
            outcome: 'delivered',
          });
      },
    },
  ],
  threadCalls: [
    {
      name: 'a ticket’s place takes so many requests',
      absent: { email: 'a mail is one message, however many commands it takes' },
      async run(rig) {
        await rig.ready();
        const before = rig.sim.requests.length;
        await opensThread(rig);
        const makes = /\/channels\/|chat\.postMessage|sendMessage/;
        const made = rig.sim.requests.slice(before).filter(({ path }) => makes.test(path));
        expect(made).toHaveLength(rig.channel.limits.threadCalls ?? 1);
      },
    },
  ],
  resendIsSafe: [
    {
      name: 'is what is seen when a message is sent again',
      async run(rig) {
        const { address } = await opensThread(rig);
        const one = message('once or twice');
        for (let times = 0; times < 2; times += 1) await rig.channel.deliver(one, address);
        const shown = rig.messages(rig.customer).filter(({ text }) => text === 'once or twice');
        expect(shown.length === 1).toBe(rig.channel.limits.resendIsSafe);
      },
    },
  ],
  files: [
    {
      name: 'so many files go with one message',
      async run(rig) {
        const { address } = await opensThread(rig);
        const count = rig.channel.limits.files?.count ?? 0;
        const files = Array.from({ length: count }, (_, n) => ({
          name: `${n}.txt`,
          type: 'text/plain',
          size: 1,
          read: async () => new TextEncoder().encode('x'),
        }));
        done(await rig.channel.deliver(message('all of them', { files }), address));
        expect(rig.files()).toEqual(files.map(({ name }) => name));
        expect(count).toBeGreaterThan(0);
      },
    },
    {
      name: 'a file as large as it may be arrives, and what is larger, alone or together, is refused before anything leaves',
      absent: {
        slack: 'a gigabyte is more than a test can send: what is larger the platform refuses',
        discord: 'what is larger the platform refuses: test/adapters/discord/files.test.ts',
        telegram: 'what is larger the platform refuses: test/adapters/telegram/files.test.ts',
      },
      async run(rig) {
        const { address } = await opensThread(rig);
        const size = rig.channel.limits.files?.bytes ?? 0;
        const { together = size } = rig.channel.limits.files ?? {};
        const file = (bytes: number) => ({
          name: `${bytes}.bin`,
          type: 'application/octet-stream',
          size: bytes,
          read: async () => Buffer.alloc(bytes, 7),
        });
        done(await rig.channel.deliver(message('large', { files: [file(size)] }), address));
        const before = rig.sim.requests.length;
        for (const files of [[file(size + 1)], [file(together), file(1)]])
          expect(await rig.channel.deliver(message('larger', { files }), address)).toMatchObject({
            outcome: 'refused',
            code: 'invalid',
          });
        expect(rig.sim.requests.slice(before)).toEqual([]);
        expect(rig.files()).toEqual([`${size}.bin`]);
      },
    },
  ],
  begins: [
    {
      name: 'nothing can be said to who has not written first; once they have, it can',
      async run(rig) {
        const bob = rig.staff.id;
        const to = done(await rig.channel.openChat?.({ ...rig.who, externalId: bob })).address;
        expect(await rig.channel.deliver(message('too early'), to)).toMatchObject({ outcome: 'refused' });
        await rig.says(rig.staff, bob, '/start');
        done(await rig.channel.deliver(message('in time'), to));
        expect(rig.channel.limits.begins).toBe('person');
      },
    },
  ],
  many: [
    {
      name: 'the platform itself would let the bot write to who never asked: the limit keeps it from that',
      async run(rig) {
        const to = done(await rig.channel.openChat?.({ ...rig.who, externalId: rig.staff.id })).address;
        done(await rig.channel.deliver(message('unasked'), to));
        expect(rig.channel.limits.many).toBe('chosen');
      },
    },
  ],
};
