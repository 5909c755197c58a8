import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SlackPerson } from '../../../src/simulator/slack/index.ts';
import { criticalForm, type Desk, form, startDesk } from './desk.ts';

let desk: Desk;
let ana: SlackPerson;

beforeEach(async () => {
  desk = await startDesk();
  ana = desk.sim.person('ana');
  await ana.goes('support');
});
afterEach(async () => {
  expect(desk.sim.pings).toEqual([]);
  await desk.stop();
});

const openTicket = (person: SlackPerson, id = '1') =>
  desk.channel.openThread?.({
    id,
    class: 'reply',
    text: 'We have your ticket. *An engineer* answers by 14:40.',
    buttons: [{ action: 'close:1', label: 'Close', style: 'danger' }],
    title: '#1 Mail is down',
    mark: '#1',
    person: { space: desk.sim.teamId, externalId: person.id },
  });

describe('a command', () => {
  it('opens the form in time, and says who asked in which language', async () => {
    desk.answer = () => ({ type: 'form', form: form() });
    await ana.says('/ticket open Mail &amp; <b>');
    await ana.sees('New ticket');
    expect(desk.heard).toEqual([
      {
        type: 'asked',
        eventId: expect.stringMatching(/^cmd:\d+\./),
        at: expect.any(Date),
        from: { space: desk.sim.teamId, externalId: ana.id, name: 'Ana Nowak', locale: 'pl-PL' },
        ask: { what: 'open', subject: expect.stringContaining('Mail') },
        place: desk.sim.channelId('support'),
        direct: false,
      },
    ]);
  });

  it('is answered privately, with buttons', async () => {
    desk.answer = () => ({
      type: 'say',
      text: 'You have **one** ticket, @everyone <!channel>:',
      buttons: [{ action: 'show:7', label: '#7 Mail', style: 'primary' }],
    });
    await ana.says('/ticket list');
    await ana.sees('You have one ticket, @everyone <!channel>:');
    const message = ana
      .screen()
      .places.flatMap(place => place.messages)
      .at(-1);
    expect(message).toMatchObject({ ephemeral: true, buttons: [{ label: '#7 Mail', style: 'primary' }] });
    const pressed = desk.hears('pressed');
    await ana.presses('#7 Mail');
    expect(await pressed).toMatchObject({
      action: 'show:7',
      place: desk.sim.channelId('support'),
      direct: false,
    });
    expect(await pressed).not.toHaveProperty('ref');
  });

  it('says so when the form cannot be opened any more', async () => {
    desk.sim.addFault({ match: /views\.open/, kind: 'platform-error', code: 'expired_trigger_id' });
    desk.answer = () => ({ type: 'form', form: form({ locale: 'pl' }) });
    await ana.says('/ticket');
    await ana.sees(/Coś poszło nie tak/);
    expect(desk.logged.join()).toContain('expired_trigger_id');
  });

  it('goes without a name when Slack does not tell it', async () => {
    desk.sim.addFault({ match: /users\.info/, kind: 'platform-error', code: 'user_not_found', times: 2 });
    const asked = desk.hears('asked');
    await ana.says('/ticket help');
    expect((await asked).from).toEqual({ space: desk.sim.teamId, externalId: ana.id });
  });

  it('does not wait for a name that does not come', async () => {
    desk.sim.addFault({ match: /users\.info/, kind: 'hang' });
    desk.answer = () => ({ type: 'say', text: 'Here is what I can do.' });
    await ana.says('/ticket help');
    await ana.sees('Here is what I can do.');
  });

  it('asks for a name once, not at each event', async () => {
    desk.answer = () => ({ type: 'say', text: 'Yes.' });
    for (let turn = 0; turn < 3; turn++) {
      await ana.says('/ticket help');
      await desk.sim.settled();
    }
    expect(desk.sim.requests.filter(({ path }) => path.includes('users.info'))).toHaveLength(1);
  });
});

const openForm = async () => {
  desk.answer = () => ({ type: 'form', form: form() });
  await ana.says('/ticket');
  await ana.sees('New ticket');
};

const faults = (id: string, error: string) =>
  ({
    type: 'faults',
    form: form({ fields: form().fields.map(field => (field.id === id ? { ...field, error } : field)) }),
    text: 'Please look again.',
    retry: { action: 'retry', label: 'Again' },
  }) as const;

describe('the form', () => {
  it('comes back with what was given, and ends with a word of confirmation', async () => {
    await openForm();
    desk.answer = () => ({ type: 'nothing' });
    await ana.fills({
      Subject: 'Mail <down>',
      'What happens?': 'It *stopped* & @everyone',
      Priority: 'Regular',
    });
    await desk.sim.settled();
    const submitted = desk.hears('submitted');
    desk.answer = () => ({ type: 'say', text: 'Ticket **#12** is open.', done: true, title: 'Thank you' });
    await ana.submits();
    expect(await submitted).toMatchObject({
      eventId: expect.stringMatching(/^view:V/),
      draft: '',
      page: 'all',
      place: desk.sim.channelId('support'),
      values: { priority: 'regular', subject: 'Mail <down>', description: 'It *stopped* & @everyone' },
      from: { name: 'Ana Nowak', locale: 'pl-PL' },
    });
    expect(ana.screen().modal).toMatchObject({
      title: 'Thank you',
      text: expect.stringContaining('Ticket #12 is open.'),
    });
    expect(ana.screen().modal?.submit).toBeUndefined();
  });

  it('shows errors at their fields, keeps the rest, and takes a corrected one', async () => {
    await openForm();
    desk.answer = inbound =>
      inbound.type === 'pressed' ? { type: 'nothing' } : faults('subject', 'Too short.');
    await ana.fills({ Subject: 'x', 'What happens?': 'Nothing works', Priority: 'Regular' });
    await desk.sim.settled();
    await ana.submits();
    await ana.sees('Too short.');
    const fields = ana.screen().modal?.fields;
    expect(fields?.find(field => field.id === 'subject')).toMatchObject({ value: 'x', error: 'Too short.' });
    desk.answer = () => ({ type: 'say', text: 'Ticket #12', done: true });
    await ana.fills({ Subject: 'Mail' });
    await ana.submits();
    await ana.sees('Ticket #12');
    expect(desk.heard.at(-1)).toMatchObject({ values: { subject: 'Mail', description: 'Nothing works' } });
  });

  it('is shown anew when a faulty field is not on it', async () => {
    await openForm();
    const asked = criticalForm({
      draft: '77',
      fields: criticalForm().fields.map(field =>
        field.id === 'server'
          ? { ...field, error: 'We need the server or the order.' }
          : { ...field, value: 'critical' },
      ),
    });
    desk.answer = inbound =>
      inbound.type === 'pressed'
        ? { type: 'nothing' }
        : {
            type: 'faults',
            form: asked,
            text: 'Something is missing.',
            retry: { action: 'retry', label: 'Again' },
          };
    await ana.fills({ Subject: 's', 'What happens?': 'd', Priority: 'Critical' });
    await ana.submits();
    await ana.sees('We need the server or the order.');
    expect(ana.screen().modal?.fields.map(field => field.id)).toContain('server');
    await ana.submits();
    const [first, second] = desk.heard.filter(event => event.type === 'submitted');
    expect(second).toMatchObject({ draft: '77' });
    expect(second?.eventId).not.toBe(first?.eventId);
  });
});

describe('the open form', () => {
  it('takes another shape when the priority changes, and keeps what was typed', async () => {
    await openForm();
    desk.answer = () => ({ type: 'form', form: criticalForm() });
    await ana.fills({ Subject: 'Mail', 'What happens?': 'All of it' });
    const pressed = desk.hears('pressed');
    await ana.fills({ Priority: 'Critical' });
    expect(await pressed).toMatchObject({
      action: 'reshape:critical',
      place: desk.sim.channelId('support'),
      direct: false,
      eventId: expect.stringMatching(/^act:/),
    });
    await ana.sees('Server IP');
    const values = Object.fromEntries(ana.screen().modal?.fields.map(field => [field.id, field.value]) ?? []);
    expect(values).toMatchObject({
      priority: 'critical',
      subject: 'Mail',
      description: 'All of it',
      server: '',
    });
  });

  it('survives a say that is not its end: the form is still beneath', async () => {
    await openForm();
    desk.answer = inbound =>
      inbound.type === 'pressed' ? { type: 'nothing' } : { type: 'say', text: 'Please try later.' };
    await ana.fills({ Subject: 's', 'What happens?': 'd', Priority: 'Regular' });
    await ana.submits();
    await ana.sees('Please try later.');
    await ana.dismisses();
    expect(ana.screen().modal?.fields.find(field => field.id === 'subject')?.value).toBe('s');
  });
});

describe('the thread of a ticket', () => {
  it('is opened in the private chat with the bot, answered there, and heard there', async () => {
    const receipt = await openTicket(ana);
    expect(receipt).toMatchObject({
      outcome: 'delivered',
      address: expect.stringMatching(/^D\w+\/\d+\.\d+$/),
    });
    const address = receipt?.outcome === 'delivered' ? (receipt.address ?? '') : '';
    const ref = receipt?.outcome === 'delivered' ? receipt.ref : '';
    expect(address.endsWith(`/${ref}`)).toBe(true);
    await ana.sees('#1 Mail is down');

    const reply = { id: '2', class: 'reply', text: 'Hi **Ana** `<!channel>`', buttons: [] } as const;
    expect(await desk.channel.deliver(reply, address)).toEqual({
      outcome: 'delivered',
      ref: expect.any(String),
    });
    await ana.sees('Hi Ana <!channel>');

    const said = desk.hears('said');
    await ana.repliesTo(ref ?? '', 'It is *better* now, <!channel> & thanks');
    const heard = await said;
    expect(heard).toMatchObject({
      eventId: expect.stringMatching(/^msg:D/),
      place: address,
      direct: false,
      from: { space: desk.sim.teamId, externalId: ana.id },
    });
    expect(heard.text).toContain('now');

    const pressed = desk.hears('pressed');
    desk.answer = () => ({ type: 'say', text: 'Closed.' });
    await ana.presses('Close', 'Switchdesk');
    expect(await pressed).toMatchObject({
      action: 'close:1',
      place: address,
      ref,
      eventId: expect.stringContaining(ana.id),
    });
    await ana.sees('Closed.');
  });

  it('opens a form from a button', async () => {
    await openTicket(ana);
    desk.answer = () => ({ type: 'form', form: form() });
    await ana.presses('Close', 'Switchdesk');
    await ana.sees('New ticket');
  });

  it('hears a redelivered message as the same event, and never itself', async () => {
    await openTicket(ana);
    const said = desk.hears('said');
    await ana.says('Hello?', 'Switchdesk');
    const { eventId } = await said;
    expect(await desk.sim.redeliverLast()).toBe(200);
    await desk.sim.settled();
    expect(desk.heard.map(event => event.eventId)).toEqual([eventId, eventId]);
  });
});
