import { beforeAll, expect, test } from 'vitest';
import type { Person } from '../../src/simulator/model.ts';
import { contact, tokenIn } from '../core/identity/kit.ts';
import { facts, goesToPost, inWorld, opensByForm, pressesOnce } from './steps.ts';

const world = inWorld({ pace: 4, mail: 'off' });

beforeAll(async () => {
  await contact(world.database, 'ana-1', { name: 'Ana Nowak', account: 'sklep', roles: ['owner'] });
  await contact(world.database, 'ben-1', { name: 'Ben Brown', account: 'shop', roles: ['billing'] });
});

/** What the provider's client area shows to whoever has logged in there. */
async function clientArea(ref: string, channel: string, ticket?: number): Promise<string> {
  return tokenIn(await world.desk.api.makeLinkTokens(ref, ticket === undefined ? {} : { ticket }), channel);
}

async function answerTo(person: Person, command: string): Promise<string> {
  const seen = privateLines(person).length;
  await person.says(command, 'support');
  await person.watches(() => privateLines(person).length > seen, `an answer to ${command}`);
  return privateLines(person).at(-1) ?? '';
}

function privateLines(person: Person): string[] {
  return person
    .screen()
    .places.flatMap(({ messages }) => messages.filter(one => one.ephemeral).map(({ text }) => text));
}

test('Ana links Telegram with the link of her client area, once; then Slack with a code, and both know each other', async () => {
  const chat = world.telegram.person('ana');
  const made = await world.desk.api.makeLinkTokens('ana-1');
  const link = made.ok ? made.tokens.find(token => token.channel === 'telegram') : undefined;
  expect(link).toMatchObject({ url: expect.stringMatching(/^https:\/\/t\.me\/\w+\?start=[\w-]{43}$/) });
  const token = tokenIn(made, 'telegram');
  await chat.says(`/start ${token}`);
  await chat.sees('To konto jest połączone: Ana Nowak, sklep Ltd.');
  await chat.says(`/start ${token}`);
  await chat.sees('Ten kod tu nie działa.');
  const slack = world.slack.person('ana');
  expect(await answerTo(slack, `/ticket link ${token}`), 'a token of another platform').toContain(
    'Ten kod tu nie działa',
  );
  expect(await answerTo(slack, `/ticket link ${await clientArea('ana-1', 'slack')}`)).toContain(
    'To konto jest połączone',
  );
  expect(await answerTo(slack, '/ticket me')).toMatch(
    /Znamy Cię jako: Ana Nowak, sklep Ltd[\s\S]*Slack: .* to konto[\s\S]*Telegram: Ana/,
  );
  await chat.says('/me');
  await chat.sees(/Telegram: .* – to konto/);
  await pressesOnce(chat, 'Odłącz Slack');
  await chat.sees('To konto nie widzi już nic z Twoich danych.');
  expect(await answerTo(slack, '/ticket me')).toContain('Nie wiemy jeszcze, kim jesteś.');
});

test('an emergency from somebody unproved in Slack is opened at once; Ben proves it with the button, and staff see the badge change', async () => {
  const ben = world.slack.person('ben');
  const bob = world.discord.person('bob');
  await ben.says('/ticket open All is down');
  await ben.watches(({ modal }) => modal !== null, 'the form');
  await ben.fills({ description: 'Help!', priority: 'critical' });
  await ben.watches(({ modal }) => (modal?.fields.length ?? 0) >= 8, 'the fields for the facts');
  await ben.fills(facts);
  await ben.submits();
  const seen = await ben.sees(/We have your ticket #\d+: All is down/);
  const number = Number(/#(\d+)/.exec(seen)?.[1]);
  if (ben.screen().modal !== null) await ben.dismisses();
  await ben.sees(`please prove that ticket #${number} is yours`);
  await goesToPost(bob, number);
  await bob.sees('⚠️ unverified');
  const pace = world.pace(1);
  await ben.presses('Enter the code', `#${number} All is down`);
  await ben.watches(({ modal }) => modal?.title === 'Who are you?', 'the form for the code');
  expect(ben.screen().modal?.fields.map(({ id }) => id)).toEqual(['proof']);
  await ben.fills({ proof: 'ABCD-2345-EFGH-6789' });
  await ben.submits();
  await ben.sees('This code does not work here.');
  await ben.fills({ proof: await clientArea('ben-1', 'slack') });
  await ben.submits();
  await ben.sees(`Ticket #${number} is verified.`);
  world.pace(pace);
  if (ben.screen().modal !== null) await ben.dismisses();
  await bob.sees('The customer has proved who they are: Ben Brown, shop Ltd.');
  await bob.sees('✅ verified');
});

test('in Discord a code is given with the command or in the window, and staff ask for proof with /desk verify', async () => {
  const ben = world.discord.person('ben');
  const bob = world.discord.person('bob');
  expect(await answerTo(ben, '/ticket me')).toContain('We do not know yet who you are.');
  const number = await opensByForm(ben, { subject: 'Reboot', description: 'Please reboot web1.' });
  await bob.says(`/desk verify ${number}`);
  await bob.sees(`The customer of ticket #${number} has been asked for proof.`);
  await ben.sees(`To go on with ticket #${number} we have to be sure`);
  const pace = world.pace(1);
  await ben.presses('Enter the code', `#${number}`);
  await ben.watches(({ modal }) => modal?.title === 'Who are you?', 'the form for the code');
  expect(ben.screen().modal?.fields).toHaveLength(1);
  await ben.fills({ proof: await clientArea('ben-1', 'discord', number) });
  await ben.submits();
  await ben.sees(`Ticket #${number} is verified.`);
  world.pace(pace);
  await goesToPost(bob, number);
  await bob.sees('This ticket is verified.');
  await ben.says(`/ticket link ${await clientArea('ben-1', 'discord')}`, 'support');
  await ben.sees('you have proved that it is you');
});

test('in Telegram the code is the next message, whatever else is half written; what is no code goes on as it would', async () => {
  const ben = world.telegram.person('ben');
  await ben.says('/ticket');
  await ben.sees('Who should look at it first?');
  await ben.says('/link');
  await ben.sees('Please send the code from your client area.');
  await ben.says((await clientArea('ben-1', 'telegram')) ?? '');
  await ben.sees('You are linked as Ben Brown of shop Ltd.');
  await ben.says('/ticket me');
  await ben.sees('You are Ben Brown of shop Ltd.');
  await ben.says('Technical');
  await ben.sees('How urgent is it?');
  await ben.says('cancel');
  await ben.sees('Cancelled.');
});

test('who is not linked sees what they saw before, and codes by mail are not offered where there is no mail', async () => {
  const cleo = world.slack.person('ana');
  expect(await answerTo(cleo, '/ticket link ana@example.com')).toContain('Nie wysyłamy tu kodów e-mailem.');
});
