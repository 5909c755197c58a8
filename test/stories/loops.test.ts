import { expect, test } from 'vitest';
import { allQuiet, goesToPost, inWorld, opensByForm, rowCounts, writes } from './steps.ts';

const world = inWorld();

/** A signed event of Slack about a message, as another bot or an edit makes it. */
async function slackSays(message: Readonly<Record<string, unknown>>): Promise<number> {
  const { slack } = world;
  const body = JSON.stringify({
    type: 'event_callback',
    team_id: slack.teamId,
    api_app_id: slack.appId,
    event_id: `Ev${Math.random().toString(36).slice(2)}`,
    event_time: Math.floor(world.now().getTime() / 1000),
    authorizations: [{ team_id: slack.teamId, user_id: slack.botUserId, is_bot: true }],
    event: { type: 'message', channel_type: 'im', ...message },
  });
  return (await slack.post(body, slack.sign(body).headers)).status;
}

async function thread(number: number): Promise<{ channel: string; ts: string }> {
  const [row] = await world.database.sql<{ address: string }[]>`
    select p.address from place p join ticket t on t.place_id = p.id where t.id = ${number}`;
  const [channel = '', ts = ''] = (row?.address ?? '').split('/');
  return { channel, ts };
}

async function said(): Promise<number> {
  return (await rowCounts(world)).message ?? 0;
}

test('in Slack, what the desk itself, other bots and the platform write in a ticket’s thread makes nothing', async () => {
  const ana = world.slack.person('ana');
  const bob = world.discord.person('bob');
  const number = await opensByForm(ana);
  await goesToPost(bob, number);
  const { channel, ts } = await thread(number);
  await allQuiet(world);
  const before = await rowCounts(world);
  const now = (n: number) => `${Math.floor(world.now().getTime() / 1000)}.00000${n}`;
  const common = { channel, thread_ts: ts, text: 'loop?' };
  for (const message of [
    { ...common, ts: now(1), user: world.slack.botUserId, bot_id: world.slack.botId },
    { ...common, ts: now(2), user: world.slack.botUserId },
    { ...common, ts: now(3), user: 'U0OTHERBOT1', bot_id: 'B0OTHERBOT1', subtype: 'bot_message' },
    { ...common, ts: now(4), user: 'USLACKBOT' },
    { ...common, ts: now(5), user: ana.id, subtype: 'channel_join' },
    { ...common, ts: now(6), user: ana.id, hidden: true },
  ])
    expect(await slackSays(message)).toBe(200);
  await allQuiet(world);
  expect(await rowCounts(world)).toEqual(before);
});

test('in Discord, other bots, webhooks and notices in the thread and in the post make nothing', async () => {
  const ana = world.discord.person('ana');
  const bob = world.discord.person('bob');
  const number = await opensByForm(ana);
  await goesToPost(bob, number);
  await allQuiet(world);
  const places = await world.database.sql<{ address: string }[]>`
    select p.address from place p left join ticket t on t.place_id = p.id where p.ticket_id = ${number}`;
  expect(places).toHaveLength(2);
  const before = await said();
  let sequence = 5000;
  for (const { address } of places) {
    const message = {
      channel_id: address,
      guild_id: world.discord.guildId,
      type: 0,
      content: 'loop?',
      author: { id: '100000000000000001', username: 'other', bot: true },
      member: { roles: [world.discord.staffRoleId] },
    };
    const person = { id: bob.id, username: 'bob' };
    for (const one of [
      message,
      { ...message, author: { id: world.discord.applicationId, username: 'Switchdesk', bot: true } },
      { ...message, author: person, webhook_id: '100000000000000002' },
      { ...message, author: person, type: 6 },
    ]) {
      sequence += 1;
      world.discord.sendRaw({
        op: 0,
        t: 'MESSAGE_CREATE',
        s: sequence,
        d: { ...one, id: `15741503233987${sequence}` },
      });
    }
  }
  await writes(ana, number, 'the last word');
  await bob.sees('the last word');
  await allQuiet(world);
  expect(await said()).toBe(before + 1);
});

test('an out-of-office that answers every message of the desk does not wake it up: nothing goes back and forth', async () => {
  const ana = world.slack.person('ana');
  const bob = world.discord.person('bob');
  const number = await opensByForm(ana);
  await goesToPost(bob, number);
  await allQuiet(world);
  const before = textCount();
  for (let turn = 0; turn < 3; turn++) {
    await writes(ana, number, 'I am away until Monday.');
    await world.slack.settled();
  }
  await expect.poll(said).toBeGreaterThanOrEqual(3);
  await allQuiet(world);
  expect(textCount()).toBe(before);
});

/** How many messages the desk has sent to Slack. */
function textCount(): number {
  return world.slack.requests.filter(({ path }) => path.includes('chat.postMessage')).length;
}

test('in Telegram, groups, channels and other bots are not listened to', async () => {
  const before = await rowCounts(world);
  const chat = world.telegram.addGroup({
    title: 'Friends',
    members: ['ana', 'ben'],
    bot: 'administrator',
  });
  await world.telegram.person('ben').says('/ticket', chat);
  await world.telegram.person('ben').says('Is anybody here?', chat);
  await expect.poll(() => world.telegram.pendingUpdates).toBe(0);
  await allQuiet(world);
  expect(await rowCounts(world)).toEqual(before);
});
