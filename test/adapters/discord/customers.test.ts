import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Person } from '../../../src/simulator/model.ts';
import { delivered, form, startWorld, threadFor, type World } from './world.ts';

let world: World;
let ana: Person;

const ways = [{ http: false }, { http: true }];
async function begin(http: boolean) {
  world = await startWorld({ http });
  await world.logs(/commands registered/);
  ana = world.sim.person('ana');
}
async function end() {
  expect(world.sim.invalidRequests).toBe(0);
  await world.stop();
}

describe.each(ways)('a customer opens a ticket (interactions over HTTP: $http)', ({ http }) => {
  beforeEach(() => begin(http));
  afterEach(end);

  it('opens a ticket with a command and a form', async () => {
    world.answer = ({ type }) =>
      type === 'asked' ? { type: 'form', form: form() } : { type: 'say', text: 'Thank you, **Ana**.' };
    await ana.says('/ticket open subject:Server down');
    const asked = await world.hears('asked');
    expect(asked).toMatchObject({
      ask: { what: 'open', subject: 'Server down' },
      place: world.sim.supportChannelId,
      direct: false,
      from: { space: world.sim.guildId, externalId: ana.id, name: 'Ana Nowak', locale: 'pl', roles: [] },
    });
    expect(asked.eventId).toMatch(/^int:\d+$/);
    await ana.sees('New ticket');
    await ana.fills({ Priority: 'Critical', Subject: 'Down', 'What happens?': 'Nothing *works*\nat all' });
    await ana.submits();
    expect(await world.hears('submitted')).toMatchObject({
      draft: 'd1',
      page: 'all',
      values: { priority: 'critical', subject: 'Down', description: 'Nothing *works*\nat all' },
      place: world.sim.supportChannelId,
    });
    await ana.sees('Thank you, Ana.');
    expect(
      ana
        .screen()
        .places.flatMap(p => p.messages)
        .find(m => m.text.includes('Thank you'))?.ephemeral,
    ).toBe(true);
  });

  it('hears what is missing, and gets the form again from a button', async () => {
    const bad = form();
    const fields = bad.fields.map(f =>
      f.id === 'subject' ? { ...f, value: 'My words', error: 'Say a little more.' } : f,
    );
    world.answer = ({ type }) => {
      if (type === 'asked') return { type: 'form', form: form() };
      if (type === 'pressed') return { type: 'form', form: { ...bad, fields } };
      return {
        type: 'faults',
        form: { ...bad, fields },
        text: 'Almost.',
        retry: { action: 'form:d1', label: 'Edit' },
      };
    };
    await ana.says('/ticket open');
    await ana.sees('New ticket');
    await ana.fills({ Subject: 'My words', 'What happens?': 'x' });
    await ana.submits();
    await ana.sees('Almost.');
    await ana.sees('Subject: Say a little more.');
    await ana.presses('Edit');
    expect(await world.hears('pressed')).toMatchObject({ action: 'form:d1' });
    await ana.sees('New ticket');
    expect(ana.screen().modal?.fields.find(f => f.id === 'subject')?.value).toBe('My words');
  });
});

describe.each(ways)('a customer with tickets (interactions over HTTP: $http)', ({ http }) => {
  beforeEach(() => begin(http));
  afterEach(end);

  it('asks for lists, numbers, help and what there is not', async () => {
    world.answer = () => ({ type: 'say', text: 'Here.' });
    for (const words of ['/ticket list', '/ticket show number:12', '/ticket close number:7', '/ticket help'])
      await ana.says(words);
    await world.hears('asked', 3);
    expect(world.heard.map(one => one.type === 'asked' && one.ask)).toEqual([
      { what: 'list' },
      { what: 'show', number: '12' },
      { what: 'close', number: '7' },
      { what: 'help' },
    ]);
  });

  it('talks in a private thread of their own', async () => {
    const { address, ref } = delivered(await world.channel.openThread(threadFor(world.sim)));
    await ana.sees('We have your ticket #12.', '#12 Server down');
    expect(world.sim.pings).toEqual([{ place: address, message: ref, whom: expect.stringMatching(/ana/i) }]);
    const said = await ana.says('It is **still** down @everyone', '#12');
    expect(await world.hears('said')).toMatchObject({
      eventId: `msg:${said}`,
      place: address,
      ref: said,
      direct: false,
      text: 'It is **still** down @everyone',
      from: { externalId: ana.id, name: 'Ana Nowak' },
    });
    await ana.repliesTo(ref, 'ok');
    expect(await world.hears('said', 1)).toMatchObject({ replyTo: ref, text: 'ok' });
    await ana.presses('Close', '#12');
    expect(await world.hears('pressed')).toMatchObject({ action: 'close:12', place: address, ref });
    // A command in the thread asks for a thread under the same channel.
    await ana.says('/ticket list', '#12');
    expect(await world.hears('asked')).toMatchObject({ place: world.sim.supportChannelId });
  });
});

describe('what is said elsewhere', () => {
  it('is not heard: other channels, the bot itself', async () => {
    world = await startWorld();
    const speaker = world.sim.person('ana');
    await speaker.says('hello all', 'general');
    const { address } = delivered(await world.channel.openThread(threadFor(world.sim)));
    delivered(
      await world.channel.deliver({ id: 'd2', class: 'reply', text: 'bot words', buttons: [] }, address),
    );
    await speaker.says('the only one', '#12');
    await world.hears('said');
    expect(world.heard.map(one => one.type === 'said' && one.text)).toEqual(['the only one']);
    await world.stop();
  });
});
