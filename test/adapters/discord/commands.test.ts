/** The commands: how they are registered, what they say, and what is offered while they are typed. */
import { afterEach, describe, expect, it } from 'vitest';
import { createApi } from '../../../src/adapters/discord/api.ts';
import { deskCommand, messageCommand, ticketCommand } from '../../../src/adapters/discord/commands.ts';
import { registerCommands } from '../../../src/adapters/discord/register.ts';
import type { Ask, Inbound } from '../../../src/core/index.ts';
import type { DiscordSimulator } from '../../../src/simulator/discord/index.ts';
import { delivered, form, phrases, startWorld, threadFor, type World } from './world.ts';

let world: World;
let sim: DiscordSimulator;

async function begin(http = false): Promise<void> {
  world = await startWorld({ http });
  ({ sim } = world);
  await world.logs(/commands registered/);
}
afterEach(() => world.stop());

const writes = () => sim.requests.filter(one => one.method === 'PUT' && one.path.endsWith('/commands'));

describe('the commands', () => {
  it('are written once, and again only when they have changed', async () => {
    await begin();
    const api = createApi(sim.botToken, sim.url);
    const register = (book = phrases) =>
      registerCommands(api, { applicationId: sim.applicationId, guildId: sim.guildId, phrases: book });
    expect(await register()).toBe(false);
    expect(writes()).toHaveLength(2);
    const renamed: typeof phrases = {
      ...phrases,
      locales: () => phrases.locales(),
      say: (locale, key, args) =>
        locale === 'pl' && key === 'discord-name-open' ? 'nowe' : phrases.say(locale, key, args),
    };
    expect(await register(renamed)).toBe(true);
    expect(await register(renamed)).toBe(false);
  });

  it('have the names that the desk knows them by in English, and others in Polish', async () => {
    await begin();
    for (const { options } of [ticketCommand(phrases), deskCommand(phrases)]) {
      for (const one of [...options, ...options.flatMap(({ options = [] }) => options)]) {
        expect(phrases.say('en', `discord-name-${one.name}`)).toBe(one.name);
        expect(one.name_localizations?.pl).not.toBe(undefined);
      }
    }
    expect(messageCommand(phrases).name_localizations).toEqual({ pl: 'Zgłoszenie z tej wiadomości' });
    const { commands } = sim.person('ana').screen();
    expect(commands.map(one => one.name)).toContain('/ticket otwórz');
    expect(commands.map(one => one.name)).not.toContain('/desk weź');
    const staff = sim.person('bob');
    await staff.goes(sim.supportChannelId);
    expect(staff.screen().commands.map(one => one.name)).toContain('/desk claim');
  });
});

const asks: readonly [string, 'ana' | 'bob', Ask][] = [
  ['/ticket otwórz temat:Nie działa', 'ana', { what: 'open', subject: 'Nie działa' }],
  ['/ticket reopen #7', 'ana', { what: 'reopen', number: '#7' }],
  ['/ticket escalate 7 It is still down', 'ana', { what: 'escalate', number: '7', text: 'It is still down' }],
  ['/ticket odpowiedz 7 Już działa', 'ana', { what: 'reply', number: '7', text: 'Już działa' }],
  ['/desk claim', 'bob', { what: 'desk', verb: 'claim', number: '', value: '' }],
  ['/desk claim 12', 'bob', { what: 'desk', verb: 'claim', number: '12', value: '' }],
  [
    '/desk transfer department:billing',
    'bob',
    { what: 'desk', verb: 'transfer', number: '', value: 'billing' },
  ],
  ['/desk priority high number:12', 'bob', { what: 'desk', verb: 'priority', number: '12', value: 'high' }],
  [
    '/desk note text:Look at the switch',
    'bob',
    { what: 'desk', verb: 'note', number: '', value: 'Look at the switch' },
  ],
  ['/desk verify 12', 'bob', { what: 'desk', verb: 'verify', number: '12', value: '' }],
  ['/ticket me', 'ana', { what: 'me' }],
  ['/ticket link', 'ana', { what: 'link', text: '' }],
  ['/ticket link code:abcd-2345-efgh-6789', 'ana', { what: 'link', text: 'abcd-2345-efgh-6789' }],
  ['/desk queue', 'bob', { what: 'desk', verb: 'queue', number: '', value: '' }],
];

describe.each([{ http: false }, { http: true }])('a command (over HTTP: $http)', ({ http }) => {
  it('is understood with all that it brings', async () => {
    await begin(http);
    for (const [nth, [line, name, ask]] of asks.entries()) {
      await sim.person(name).says(line, sim.supportChannelId);
      expect(await world.hears('asked', nth)).toMatchObject({ ask });
    }
    const cleo = sim.person('cleo').id;
    await sim.person('bob').says('/desk assign @cleo 12', sim.supportChannelId);
    expect(await world.hears('asked', asks.length)).toMatchObject({
      ask: { what: 'desk', verb: 'assign', number: '12', value: cleo },
      place: sim.supportChannelId,
    });
  });

  it('of staff is given where they are: in the post of a ticket, not beside it', async () => {
    await begin(http);
    const { address } = delivered(
      await world.channel.openThread(threadFor(sim, { near: sim.generalChannelId })),
    );
    await sim.person('ana').says('/ticket open', address);
    expect(await world.hears('asked')).toMatchObject({ place: sim.generalChannelId });
    sim.join('bob', address);
    await sim.person('bob').says('/desk show', address);
    expect(await world.hears('asked', 1)).toMatchObject({ place: address });
  });

  it('without its text asks for it in a window', async () => {
    await begin(http);
    world.answer = () => ({ type: 'say', text: 'Sent.' });
    const ana = sim.person('ana');
    await ana.says('/ticket reply 7');
    await ana.sees('Odpowiedź w zgłoszeniu #7');
    await ana.fills({ 'Twoja odpowiedź': 'Works\nagain' });
    await ana.submits();
    expect(await world.hears('asked')).toMatchObject({
      ask: { what: 'reply', number: '7', text: 'Works\nagain' },
    });
    const bob = sim.person('bob');
    await bob.says('/desk note', sim.supportChannelId);
    await bob.sees('Only staff see it');
    await bob.fills({ 'Only staff': 'A note' });
    await bob.submits();
    expect(await world.hears('asked', 1)).toMatchObject({
      ask: { what: 'desk', verb: 'note', number: '', value: 'A note' },
    });
  });

  it('offers choices while it is typed, however strange they are', async () => {
    await begin(http);
    const many = Array.from({ length: 30 }, (_, n) => ({
      value: String(n),
      label: `#${n} ${'x'.repeat(150)}`,
    }));
    world.answer = ({ type }) =>
      type === 'typed'
        ? { type: 'choices', choices: [{ value: '', label: 'none' }, { value: '1', label: '\n' }, ...many] }
        : { type: 'nothing' };
    const choices = await sim.person('ana').types('/ticket show mail is');
    expect(choices).toHaveLength(25);
    expect(choices[0]?.name).toHaveLength(100);
    expect(await world.hears('typed')).toMatchObject({ field: 'own-ticket', text: 'mail is' });
    world.answer = () => ({ type: 'say', text: 'no' });
    const bob = sim.person('bob');
    expect(await bob.types('/desk claim 1', sim.supportChannelId)).toEqual([]);
    await bob.types('/desk transfer bil', sim.supportChannelId);
    await bob.types('/desk priority h', sim.supportChannelId);
    const fields = world.heard.map((one: Inbound) => (one.type === 'typed' ? one.field : one.type));
    expect(fields).toEqual(['own-ticket', 'desk-ticket', 'department', 'priority']);
  });

  it('of a message’s menu begins a ticket with that message', async () => {
    await begin(http);
    const ana = sim.person('ana');
    const id = (await ana.says('My **server** is <@1> down', sim.supportChannelId)) ?? '';
    await ana.uses('Zgłoszenie z tej', id);
    expect(await world.hears('asked')).toMatchObject({
      ask: { what: 'open', subject: '', text: 'My **server** is @user down' },
      place: sim.supportChannelId,
    });
  });
});

it('a form with room has a field for files, and what is put into it comes with the form', async () => {
  await begin();
  world.answer = ({ type }) => (type === 'asked' ? { type: 'form', form: form() } : { type: 'nothing' });
  const ana = sim.person('ana');
  await ana.says('/ticket open');
  await ana.sees('New ticket');
  await ana.fills({ Priority: 'Critical', Subject: 'Down', 'What happens?': 'All' });
  await ana.attaches([{ name: 'trace.log', bytes: new TextEncoder().encode('it broke') }]);
  await ana.submits();
  const submitted = await world.hears('submitted');
  expect(submitted.values).toEqual({ priority: 'critical', subject: 'Down', description: 'All' });
  expect(submitted.files).toMatchObject([{ name: 'trace.log', size: 8 }]);
  const [file] = submitted.files ?? [];
  expect(file && (await world.channel.fetchFile(file, 100))).toMatchObject({ outcome: 'fetched' });
});
