import { expect, test } from 'vitest';
import { allQuiet, goesToPost, inWorld, opensByForm, rowCounts, writes } from './steps.ts';

const world = inWorld();

/** A `/ticket list` as Slack would post it. */
function command(trigger = '1.2.forged'): string {
  const { slack } = world;
  return new URLSearchParams({
    team_id: slack.teamId,
    channel_id: slack.channelId('support'),
    user_id: slack.person('ana').id,
    command: '/ticket',
    text: 'list',
    trigger_id: trigger,
    response_url: `${slack.url}commands/x`,
  }).toString();
}

test('a signed request that comes twice is answered 200 both times, and opens one ticket', async () => {
  const ana = world.slack.person('ana');
  const bob = world.discord.person('bob');
  await ana.says('/ticket open Raz');
  await ana.sees('Nowe zgłoszenie');
  await ana.fills({ description: 'Tylko raz.' });
  // The thread waits a moment, so that the form is the last thing that Slack has sent.
  world.slack.addFault({ match: /chat\.postMessage/, kind: 'status', status: 429, retryAfterSeconds: 1 });
  await ana.submits();
  await ana.sees(/Zgłoszenie #1 przyjęte/);
  const delivery = world.slack.lastDelivery;
  expect(delivery?.body).toContain('view_submission');
  await ana.dismisses();
  await bob.sees('#1 Raz');
  await allQuiet(world);
  const before = await rowCounts(world);
  for (let again = 0; again < 3; again++) {
    const { status } = await world.slack.post(delivery?.body ?? '', delivery?.headers ?? {});
    expect(status).toBe(200);
  }
  await allQuiet(world);
  expect(await rowCounts(world)).toEqual(before);
  expect(bob.screen().places.filter(({ kind }) => kind === 'post')).toHaveLength(1);
});

test('an event that Slack sends again, also long after, has one effect', async () => {
  const ana = world.slack.person('ana');
  const bob = world.discord.person('bob');
  const number = await opensByForm(ana);
  await writes(ana, number, 'Jedno zdanie.');
  await goesToPost(bob, number);
  await bob.sees('Jedno zdanie.');
  await allQuiet(world);
  const before = await rowCounts(world);
  expect(await world.slack.redeliverLast()).toBe(200);
  await world.restart();
  world.forward(60_000);
  expect(await world.slack.redeliverLast()).toBe(200);
  await allQuiet(world);
  expect(await rowCounts(world)).toEqual(before);
});

test('forged requests get 401 and leave no trace', async () => {
  const body = command();
  const { headers } = world.slack.sign(body);
  const seconds = Number(headers['x-slack-request-timestamp']);
  const forged: Record<string, Record<string, string>> = {
    'no signature': { 'content-type': 'application/x-www-form-urlencoded' },
    'another signature': { ...headers, 'x-slack-signature': `v0=${'0'.repeat(64)}` },
    'a signature of another version': {
      ...headers,
      'x-slack-signature': String(headers['x-slack-signature']).replace('v0', 'v1'),
    },
    'a time that was not signed': { ...headers, 'x-slack-request-timestamp': String(seconds - 1) },
    'a time that is no number': { ...headers, 'x-slack-request-timestamp': `${seconds}abc` },
  };
  const before = await rowCounts(world);
  for (const [what, given] of Object.entries(forged))
    expect([what, (await world.slack.post(body, given)).status]).toEqual([what, 401]);
  expect((await world.slack.post(`${body}&text=close+1`, headers)).status).toBe(401);
  expect(await rowCounts(world)).toEqual(before);
});

test('a genuine request is stale after 300 s, and too early before its time', async () => {
  const seconds = Math.floor(world.now().getTime() / 1000);
  const before = await rowCounts(world);
  for (const at of [seconds - 302, seconds - 86_400, seconds + 310]) {
    const body = command(`1.2.${at}`);
    expect((await world.slack.post(body, world.slack.sign(body, at).headers)).status).toBe(401);
  }
  expect(await rowCounts(world)).toEqual(before);
  const body = command('1.2.intime');
  expect((await world.slack.post(body, world.slack.sign(body, seconds - 290).headers)).status).toBe(200);
});

test('what cannot be read is refused, nothing is stored, and the desk goes on', async () => {
  const bodies = [
    '',
    '{',
    '{"type":"event_callback"}',
    '{"type":"event_callback","event_id":{},"event":[]}',
    'payload=%7B',
    'payload=null',
    `payload=${encodeURIComponent('{"type":"view_submission","view":{"id":7}}')}`,
    `payload=${encodeURIComponent('{"type":"block_actions","actions":[]}')}`,
    'command=%2Fticket',
    '[[[[[[',
    '\u0000\uFFFF',
  ];
  const before = await rowCounts(world);
  for (const body of bodies) {
    const { status } = await world.slack.post(body, world.slack.sign(body).headers);
    expect([body, status < 500]).toEqual([body, true]);
  }
  expect(await rowCounts(world)).toEqual(before);
  const { status } = await world.slack.post('{', world.slack.sign('{').headers);
  expect(status).toBe(400);
  const ana = world.slack.person('ana');
  await ana.says('/ticket help', 'support');
  await ana.sees('Co można zrobić:');
});

test('a body beyond a megabyte is refused with 413 before anything is read in it', async () => {
  const body = `text=${'x'.repeat(1_100_000)}`;
  const before = await rowCounts(world);
  const url = `http://127.0.0.1:${world.port}/hooks/slack`;
  for (const headers of [world.slack.sign(body).headers, {}])
    expect((await fetch(url, { method: 'POST', body, headers })).status).toBe(413);
  expect(await rowCounts(world)).toEqual(before);
});
