/** What the desk can ask a platform: earlier attempts, files, roles, addresses, its state; and the numbers it declares. */
import { buffer } from 'node:stream/consumers';
import { expect } from 'vitest';
import { type Channel, type InboundFile, type Limits, splitMarkdown } from '../../../src/core/index.ts';
import { type Case, done, message, opensPost, opensThread, type Rig } from './model.ts';

export const find: readonly Case[] = [
  {
    name: 'an attempt without an answer is found when it was done',
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
    async run(rig) {
      rig.sim.addFault({ match: rig.request.openPost ?? /./, kind: 'lose-answer' });
      expect(await rig.channel.openPost?.(rig.card())).toMatchObject({ outcome: 'unknown' });
      const found = await rig.channel.find?.(rig.lookup({ kind: 'desk-post', id: rig.card().id }));
      expect(found).toMatchObject({ outcome: 'delivered', address: expect.any(String) });
    },
  },
  {
    name: 'what never was is absent, and where nobody can be asked it is unsure',
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
  const { files = [] } = await rig.hears('said');
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

export const check: readonly Case[] = [
  {
    name: 'all is well where all is well; a token that is refused is found, with how to mend it',
    async run(rig) {
      await rig.asks();
      const faults = async () => ((await rig.channel.check?.()) ?? []).filter(({ ok }) => !ok);
      expect(await rig.channel.check?.()).not.toEqual([]);
      expect(await faults()).toEqual([]);
      rig.revoke();
      const [fault] = await faults();
      expect(fault?.what).toMatch(/token/);
      expect(fault?.mend).toBeTruthy();
    },
  },
  {
    name: 'a desk that the bot cannot reach is found, with how to mend it',
    async run(rig) {
      rig.forbid('');
      const found = ((await rig.channel.check?.()) ?? []).filter(({ ok }) => !ok);
      expect(found.length).toBeGreaterThan(0);
      for (const { mend } of found) expect(mend).toBeTruthy();
    },
  },
];

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
      name: 'a text as long as it may be arrives whole, and one more goes as two',
      async run(rig) {
        const { address } = await opensThread(rig);
        const { text: max, measure } = rig.channel.limits;
        const full = 'x'.repeat(max);
        done(await rig.channel.deliver(message(full), address));
        expect(seenIn(rig)).toBe(full);
        const pieces = splitMarkdown(`${full}x`, max, measure);
        expect(pieces.length).toBe(2);
        for (const piece of pieces) {
          expect(measure(piece)).toBeLessThanOrEqual(max);
          done(await rig.channel.deliver(message(piece), address));
        }
        expect(seenIn(rig)).toBe(`${full}${full}x`);
      },
    },
  ],
  measure: [
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
  forms: [
    {
      name: 'a form may have so many fields; where there are none, nothing comes back from one',
      async run(rig) {
        const { forms } = rig.channel.limits;
        const has = rig.kind !== 'telegram';
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
      name: 'a burst into one place meets no limit of the platform',
      rateLimits: true,
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
  ],
};
