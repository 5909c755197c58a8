/** What the desk hears, however it comes, and what it answers. */
import { expect } from 'vitest';
import { type Answer, type FormView, plain } from '../../../src/core/index.ts';
import { form } from '../discord/world.ts';
import { type Case, message, opensPost, opensThread, type Rig } from './model.ts';

const quiet = async (rig: Rig, request: Parameters<Rig['channel']['receive']>[0]): Promise<void> => {
  const received = await rig.channel.receive(request);
  if (!received.verified) throw new Error('the platform’s own signature was refused');
  expect(received.inbound).toEqual([]);
  const { status } = await received.respond([]);
  expect(status).toBeGreaterThanOrEqual(200);
  expect(status).toBeLessThan(500);
};

const outOnly = 'mail only goes out: nothing comes over HTTP, and all of it is refused';
const byDoor = 'bubbles come by a door of their own: test/adapters/webchat';
const brings = 'the platform brings its events over HTTP: what is refused of them stands above';

export const receive: readonly Case[] = [
  {
    name: 'what the platform signed is heard, and answered with 200',
    via: 'hook',
    absent: { email: outOnly, webchat: byDoor },
    async run(rig) {
      await rig.tells();
      expect(rig.heard).toMatchObject([{ from: rig.who }]);
      expect(await rig.sim.redeliverLast()).toBe(200);
    },
  },
  {
    name: 'what is forged is refused with 401, unread',
    via: 'hook',
    absent: { email: outOnly, webchat: byDoor },
    async run(rig) {
      await rig.tells();
      for (const request of [rig.forged(rig.last()), { ...rig.last(), headers: {} }])
        expect(await rig.channel.receive(request)).toMatchObject({
          verified: false,
          response: { status: 401 },
        });
    },
  },
  {
    name: 'what was signed an hour ago is refused',
    via: 'hook',
    absent: {
      email: outOnly,
      webchat: byDoor,
      telegram:
        'its secret carries no time: an update that comes again has its old update_id, and is taken once',
    },
    async run(rig) {
      await rig.tells();
      expect(await rig.channel.receive(rig.stale(rig.last()))).toMatchObject({ verified: false });
    },
  },
  {
    name: 'another body under a signature is refused',
    via: 'hook',
    absent: {
      email: outOnly,
      webchat: byDoor,
      telegram: 'its secret says nothing of the body: TLS and the secret are all there is',
    },
    async run(rig) {
      await rig.tells();
      expect(await rig.channel.receive(rig.tampered(rig.last()))).toMatchObject({ verified: false });
    },
  },
  {
    name: 'what comes again has the event’s own id again',
    via: 'hook',
    absent: { email: outOnly, webchat: byDoor },
    async run(rig) {
      await rig.tells();
      await rig.sim.redeliverLast();
      expect(rig.heard).toHaveLength(2);
      expect(new Set(rig.heard.map(one => one.eventId)).size).toBe(1);
    },
  },
  {
    name: 'what is signed and malformed is nothing, and throws nothing',
    via: 'hook',
    absent: { email: outOnly, webchat: byDoor },
    async run(rig) {
      for (const body of [
        '',
        'no json',
        '[]',
        'null',
        '{}',
        '{"type":2}',
        '{"type":"event_callback"}',
        'payload=%7B',
        '\u0000',
      ])
        await quiet(rig, rig.signed(body));
    },
  },
  {
    name: 'what anybody brings over HTTP is refused plainly, whatever it is',
    via: 'hook',
    absent: { slack: brings, discord: brings, telegram: brings },
    async run(rig) {
      for (const body of ['', '{}', 'From: ana@example.com\r\n\r\nHello', '\u0000'])
        expect(await rig.channel.receive(rig.signed(body))).toMatchObject({
          verified: false,
          response: { status: 404 },
        });
    },
  },
];

export const said: readonly Case[] = [
  {
    name: 'the text is CommonMark, with who said it, and markup of strangers is inert',
    async run(rig) {
      const { address } = await opensThread(rig);
      const words = 'it is <!channel> <b>x</b> # not [a';
      await rig.says(rig.customer, address, words);
      const heard = await rig.hears('said');
      expect(heard).toMatchObject({ place: address, from: rig.who });
      expect(plain(heard.text)).toBe(words);
      expect(heard.ref).toBeTruthy();
    },
  },
  {
    name: 'the bot hears neither itself nor what it did',
    absent: {
      webchat: 'a room is written by its own person and by the desk: nothing that the desk does comes back',
    },
    async run(rig) {
      const { address } = await opensPost(rig);
      const ref = await rig.says(rig.staff, address, 'On it.');
      await rig.hears('said');
      await rig.channel.deliver(message('A word of ours'), address);
      await rig.channel.react?.('sent', address, ref);
      await rig.says(rig.staff, address, 'And on.');
      await expect
        .poll(() => rig.heard.filter(one => one.type === 'said').length, { timeout: rig.patience })
        .toBe(2);
      expect(rig.heard.map(one => one.type)).toEqual(['said', 'said']);
    },
  },
];

export const edited: readonly Case[] = [
  {
    name: 'a changed message has its whole new text, and grows newer',
    async run(rig) {
      const { address } = await opensThread(rig);
      const ref = await rig.says(rig.customer, address, 'one');
      await rig.hears('said');
      await rig.customer.edits(ref, 'two');
      const first = await rig.hears('edited');
      expect(first).toMatchObject({ ref, place: address, text: 'two' });
      expect(first.version).toBeGreaterThan(0);
    },
  },
];

export const writing: readonly Case[] = [
  {
    name: 'somebody of the staff who begins to write in a post is told of, with their roles',
    async run(rig) {
      const { address } = await opensPost(rig);
      await rig.staff.startsTyping?.(address);
      const heard = await rig.hears('writing');
      expect(heard).toMatchObject({ place: address, from: { externalId: rig.staff.id } });
      expect(heard.from.roles).toContain(rig.staffRole);
    },
  },
];

export const deleted: readonly Case[] = [
  {
    name: 'a message that was taken back is told of, and of ours nothing is',
    async run(rig) {
      const { address } = await opensThread(rig);
      const ref = await rig.says(rig.customer, address, 'one');
      await rig.hears('said');
      await rig.customer.deletes(ref);
      expect(await rig.hears('deleted')).toMatchObject({ ref, place: address });
    },
  },
];

export const reacted: readonly Case[] = [
  {
    name: 'a reaction comes, and goes, as one emoji',
    async run(rig) {
      const { address, ref } = await opensThread(rig);
      await rig.customer.reacts(ref, '👍');
      expect(await rig.hears('reacted')).toMatchObject({
        ref,
        place: address,
        emoji: '👍',
        on: true,
        from: rig.who,
      });
      await rig.customer.reacts(ref, '👍', false);
      await expect
        .poll(() => rig.heard.at(-1), { timeout: rig.patience })
        .toMatchObject({ type: 'reacted', on: false });
    },
  },
];

export const asked: readonly Case[] = [
  {
    name: 'a command is what was asked, and where',
    async run(rig) {
      await rig.asks();
      const heard = await rig.hears('asked');
      expect(heard).toMatchObject({ ask: { what: 'list' }, from: rig.who });
      expect(heard.place).toBeTruthy();
    },
  },
];

const pressesClose = (rig: Rig): Promise<void> =>
  rig.customer.presses(
    'Close it',
    rig.messages(rig.customer).find(({ buttons }) => buttons.length > 0)?.place,
  );

export const pressed: readonly Case[] = [
  {
    name: 'two presses are two events',
    async run(rig) {
      await opensThread(rig);
      await pressesClose(rig);
      await rig.hears('pressed');
      await pressesClose(rig);
      await expect.poll(() => rig.heard.length, { timeout: rig.patience }).toBe(2);
      expect(new Set(rig.heard.map(one => one.eventId)).size).toBe(2);
    },
  },
];

export const visited: readonly Case[] = [
  {
    name: 'a visit to one’s own page is told',
    async run(rig) {
      await rig.customer.goes('Home');
      expect(await rig.hears('visited')).toMatchObject({ from: rig.who });
    },
  },
];

const filled = { Priority: 'Critical', Subject: 'Down', 'What happens?': 'Nothing *works*' };

/** Opens the form in front of the customer. */
async function formFor(rig: Rig, then: Answer, over: Partial<FormView> = {}): Promise<void> {
  rig.answers(({ type }) => (type === 'submitted' ? then : { type: 'form', form: form(over) }));
  await rig.asks();
  await rig.sees(rig.customer, 'New ticket');
}

export const submitted: readonly Case[] = [
  {
    name: 'a filled form comes with all its values and its draft',
    async run(rig) {
      await formFor(rig, { type: 'say', text: 'Thank you.', done: true });
      await rig.customer.fills(filled);
      await rig.customer.submits();
      expect(await rig.hears('submitted')).toMatchObject({
        draft: 'd1',
        page: 'all',
        from: rig.who,
        values: { priority: 'critical', subject: 'Down', description: 'Nothing *works*' },
      });
    },
  },
];

export const answersForm: readonly Case[] = [
  {
    name: 'a form has its fields, what was given so far, and its words',
    async run(rig) {
      const [priority, subject, description] = form().fields;
      if (!priority || !subject || !description) throw new Error('the form has three fields');
      await formFor(
        rig,
        { type: 'nothing' },
        { fields: [priority, { ...subject, value: 'Mail' }, description] },
      );
      const { modal } = rig.customer.screen();
      expect(modal).toMatchObject({ title: 'New ticket' });
      const asking = modal?.fields.filter(({ kind }) => kind !== 'files');
      expect(asking?.map(({ label, value }) => [label, value])).toEqual([
        ['Priority', 'regular'],
        ['Subject', 'Mail'],
        ['What happens?', ''],
      ]);
    },
  },
];

export const answersFaults: readonly Case[] = [
  {
    name: 'what is wrong is said, and nothing that was given is lost',
    async run(rig) {
      const fields = form().fields.map(one =>
        one.id === 'subject' ? { ...one, value: 'Down', error: 'Say a little more.' } : one,
      );
      const retry = { action: 'retry:d1', label: 'Correct it' };
      await formFor(rig, { type: 'faults', form: form({ fields }), text: 'Something is missing.', retry });
      await rig.customer.fills(filled);
      await rig.customer.submits();
      await rig.sees(rig.customer, 'Say a little more.');
      const atField = rig.customer.screen().modal?.fields.find(({ error }) => error === 'Say a little more.');
      const { forms } = rig.channel.limits;
      expect(atField !== undefined).toBe(forms !== 'none' && forms.errorsAtField);
      if (atField) expect(atField.value).toBe('Down');
      else await rig.customer.presses('Correct it');
    },
  },
];

export const answersSay: readonly Case[] = [
  {
    name: 'an answer is for the asker’s eyes, with its buttons',
    async run(rig) {
      rig.answers(() => ({
        type: 'say',
        text: 'You have **no** tickets.',
        buttons: [{ action: 'new', label: 'New one' }],
      }));
      const { address } = await opensThread(rig);
      await rig.asks(address);
      await rig.sees(rig.customer, 'You have no tickets.');
      expect(rig.messages(rig.staff).some(({ text }) => text.includes('no tickets'))).toBe(false);
      expect(
        rig.messages(rig.customer).find(({ text }) => text.includes('no tickets'))?.buttons,
      ).toMatchObject([{ label: 'New one' }]);
    },
  },
];

export const answersNothing: readonly Case[] = [
  {
    name: 'nothing is shown: neither a word nor an error of the platform',
    async run(rig) {
      const { address } = await opensThread(rig);
      const seen = () =>
        [...rig.messages(rig.customer).map(({ text }) => text), ...rig.customer.screen().alerts].filter(
          text => text !== 'Enough.',
        );
      await rig.says(rig.customer, address, 'and on');
      const before = seen();
      await pressesClose(rig);
      await rig.hears('pressed');
      rig.answers(() => ({ type: 'say', text: 'Enough.' }));
      await pressesClose(rig);
      await rig.sees(rig.customer, 'Enough.');
      expect(seen()).toEqual(before);
    },
  },
];

export const typed: readonly Case[] = [
  {
    name: 'what is being typed asks for choices, and is no command yet',
    async run(rig) {
      rig.answers(() => ({ type: 'choices', choices: [] }));
      await rig.asks();
      await rig.hears('asked');
      await rig.customer.types?.('/ticket show 1');
      expect(await rig.hears('typed')).toMatchObject({ field: 'own-ticket', text: '1', from: rig.who });
      expect(rig.heard.filter(one => one.type === 'asked')).toHaveLength(1);
    },
  },
];

export const answersChoices: readonly Case[] = [
  {
    name: 'choices are offered while one types',
    async run(rig) {
      rig.answers(() => ({ type: 'choices', choices: [{ value: '12', label: '#12 Mail is down' }] }));
      await rig.asks();
      await rig.hears('asked');
      const offered = await rig.customer.types?.('/ticket show 1');
      expect(offered).toMatchObject([{ name: '#12 Mail is down' }]);
    },
  },
];
