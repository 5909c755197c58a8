import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readCommand, readDeskCommand, readDeskWord } from '../../../src/adapters/slack/command.ts';
import type { Home } from '../../../src/core/index.ts';
import type { SlackPerson } from '../../../src/simulator/slack/index.ts';
import { type Desk, form, startDesk } from './desk.ts';

const nameOf = (id: string): string | undefined => (id === 'U0ANA' ? 'Ana' : undefined);

describe('what stands after /ticket', () => {
  it.each([
    ['reopen #7', { what: 'reopen', number: '#7' }],
    ['wznów 7', { what: 'reopen', number: '7' }],
    ['escalate 7 it is *urgent*', { what: 'escalate', number: '7', text: 'it is **urgent**' }],
    ['eskaluj 7', { what: 'escalate', number: '7', text: '' }],
    ['reply 7 one\ntwo', { what: 'reply', number: '7', text: 'one\\\ntwo' }],
    ['odpowiedz 7 <@U0ANA> \\*', { what: 'reply', number: '7', text: expect.stringContaining('@Ana') }],
    ['reply', { what: 'reply', number: '', text: '' }],
  ])('"%s"', (text, ask) => expect(readCommand(text, nameOf)).toEqual(ask));
});

describe('what stands after /desk', () => {
  it.each([
    ['', 'help', '', ''],
    ['claim 12', 'claim', '12', ''],
    ['CLAIM #12', 'claim', '#12', ''],
    ['claim', 'claim', '', ''],
    ['assign 12 <@U0BOB|bob>', 'assign', '12', 'U0BOB'],
    ['assign <@U0BOB>', 'assign', '', 'U0BOB'],
    ['przypisz 12 @bob', 'assign', '12', '@bob'],
    ['transfer 12 technical', 'transfer', '12', 'technical'],
    ['priority critical', 'priority', '', 'critical'],
    ['note 12 see *this*', 'note', '12', 'see **this**'],
    ['note see 12', 'note', '', 'see 12'],
    ['kolejka', 'queue', '', ''],
  ])('"%s"', (text, verb, number, value) =>
    expect(readDeskCommand(text, nameOf)).toEqual({ what: 'desk', verb, number, value }),
  );

  it('is not understood when it is nothing', () => {
    expect(readDeskCommand('constructor 12', nameOf)).toEqual({ what: 'unknown', words: 'constructor 12' });
  });
});

describe('a word in the thread of a ticket', () => {
  it.each(['!claim', '!desk claim', '!CLAIM'])('%s is a command', text =>
    expect(readDeskWord(text, nameOf)).toMatchObject({ what: 'desk', verb: 'claim' }),
  );
  it.each(['claim', '!', '! claim', '!important: look', '//!claim', '!desk'])('%s is none', text =>
    expect(readDeskWord(text, nameOf)).toBeUndefined(),
  );
});

describe('on the wire', () => {
  let desk: Desk;
  let ana: SlackPerson;
  let bob: SlackPerson;

  beforeEach(async () => {
    desk = await startDesk({ desk: true });
    ana = desk.sim.person('ana');
    bob = desk.sim.person('bob');
    await bob.goes('support-desk');
  });
  afterEach(async () => {
    expect(desk.sim.pings).toEqual([]);
    await desk.stop();
  });

  it('staff give commands in the channel, and with a word in a thread, where only they see the answer', async () => {
    desk.answer = inbound =>
      inbound.type === 'asked' ? { type: 'say', text: 'Done, **Bob**.' } : { type: 'nothing' };
    await bob.says('/desk claim 12');
    await bob.sees('Done, Bob.', 'support-desk');
    const root = (await bob.says('#12', 'support-desk')) ?? '';
    const word = await bob.repliesTo(root, '!solve');
    await bob.watches(
      ({ places }) => places.some(one => one.kind === 'thread' && one.messages.at(-1)?.ephemeral === true),
      'the answer in the thread',
    );
    const asked = desk.heard.filter(event => event.type === 'asked');
    expect(asked.map(({ ask, place }) => ({ ask, place }))).toEqual([
      { ask: { what: 'desk', verb: 'claim', number: '12', value: '' }, place: desk.sim.deskChannelId },
      {
        ask: { what: 'desk', verb: 'solve', number: '', value: '' },
        place: `${desk.sim.deskChannelId}/${root}`,
      },
    ]);
    expect(asked[1]?.eventId).toContain(word);
    const cleo = desk.sim.person('cleo').screen();
    expect(cleo.places.flatMap(place => place.messages).some(({ text }) => text.includes('Done'))).toBe(
      false,
    );
  });

  it('a word elsewhere is what somebody said', async () => {
    const root = (await ana.says('hello', 'support')) ?? '';
    await ana.repliesTo(root, '!solve');
    await desk.sim.settled();
    expect(desk.heard.at(-1)).toMatchObject({ type: 'said', text: '\\!solve' });
  });

  it('a shortcut asks for a ticket that begins with the message, and opens the form', async () => {
    const id = (await bob.says('Mail is *down* <b>', 'general')) ?? '';
    desk.answer = () => ({ type: 'form', form: form() });
    await ana.uses('Open a ticket', id);
    await ana.sees('New ticket');
    expect(desk.heard.filter(event => event.type === 'asked')).toMatchObject([
      {
        ask: { what: 'open', subject: '', text: expect.stringContaining('down') },
        place: desk.sim.channelId('general'),
        from: { externalId: ana.id },
      },
    ]);
    desk.answer = () => ({ type: 'say', text: 'Not now.' });
    await ana.dismisses();
    await ana.uses('Open a ticket', id);
    await ana.sees('Not now.', 'general');
  });

  const home = (over: Partial<Home> = {}): Home => ({
    id: '5',
    title: 'Your tickets <!channel>',
    intro: 'We answer **day and night**, @everyone.',
    buttons: [{ action: 'new', label: 'New ticket', style: 'primary' }],
    tickets: [
      {
        mark: '#12',
        subject: 'Mail *is* down',
        state: 'open',
        line: 'Reply by **14:40**',
        address: 'D0SIM000001/1700000000.000100',
        buttons: [{ action: 'close:12', label: 'Close #12', style: 'danger' }],
      },
    ],
    ...over,
  });

  it('a visit is told, the page is shown, and what is pressed there is answered in a window', async () => {
    await ana.goes('Home');
    await desk.sim.settled();
    expect(desk.heard).toMatchObject([{ type: 'visited', from: { externalId: ana.id, locale: 'pl-PL' } }]);
    const person = { space: desk.sim.teamId, externalId: ana.id };
    expect(await desk.channel.showHome?.(home(), person)).toEqual({ outcome: 'delivered' });
    await ana.sees('Your tickets <!channel>', 'Home');
    await ana.sees('#12 Mail *is* down · open', 'Home');
    const html = ana.screen().places.find(({ title }) => title === 'Home')?.messages[0]?.html;
    expect(html).toContain('/archives/D0SIM000001/p1700000000000100');
    desk.answer = () => ({ type: 'say', text: 'Ticket #12 is closed.' });
    await ana.presses('Close #12', 'Home');
    await ana.sees('Ticket #12 is closed.');
    await ana.dismisses();
    desk.answer = () => ({ type: 'form', form: form() });
    await ana.presses('New ticket', 'Home');
    await ana.sees('What happens?');
    expect(desk.heard.at(-1)).toMatchObject({ type: 'pressed', action: 'new', place: ana.id, direct: false });
  });

  it('a conversation has an address in the workspace, once Slack has told which', async () => {
    const linkTo = (address: string) => desk.channel.linkTo?.(address);
    expect(linkTo('C0SIM000001/1700000000.000100')).toBeUndefined();
    await expect
      .poll(() => linkTo('C0SIM000001/1700000000.000100'))
      .toMatch(/^https:\/\/[\w.-]+\.slack\.com\/archives\/C0SIM000001\/p1700000000000100$/);
    for (const address of ['', 'C0SIM000001', 'https://evil.test/', 'C1/../1.2'])
      expect(linkTo(address), address).toBeUndefined();
    expect(desk.sim.requests.filter(({ path }) => path === '/auth.test').length).toBe(1);
  });

  it('a page of twenty tickets fits, and a lost answer is tried again', async () => {
    const [one] = home().tickets;
    if (!one) throw new Error('there is no ticket');
    const buttons = [1, 2].map(n => ({ action: `do:${n}`, label: `Do ${n}` }));
    const tickets = Array.from({ length: 20 }, (_, n) => ({ ...one, mark: `#${n}`, buttons }));
    const person = { space: desk.sim.teamId, externalId: ana.id };
    desk.sim.addFault({ match: /views\.publish/, kind: 'lose-answer' });
    const show = () => desk.channel.showHome?.(home({ tickets }), person);
    expect(await show()).toMatchObject({ outcome: 'retry' });
    expect(await show()).toEqual({ outcome: 'delivered' });
    await ana.sees('#19 Mail', 'Home');
  });
});
