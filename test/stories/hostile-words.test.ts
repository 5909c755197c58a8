import { expect, test } from 'vitest';
import type { Person, Simulator } from '../../src/simulator/model.ts';
import {
  allQuiet,
  conversationOf,
  goesToPost,
  inWorld,
  opensByForm,
  opensInChat,
  textsOf,
  writes,
} from './steps.ts';

const world = inWorld({ pace: 8 });

/** Everything that pings, links or draws on one of the platforms. */
const mischief = [
  '@everyone @here <!channel> <!here> <!everyone>',
  '<@U0SIMBOT001> <@100000000000000001> <@&100000000000000002> <#C0SIM000001> <!subteam^S1>',
  '[click](javascript:alert(1)) <javascript:alert(1)|x> <https://evil.example|https://bank.example>',
  '*x* _y_ ~z~ **b** __u__ ||spoiler|| `code` # head > quote - list',
  '<b>bold</b> <script>alert(1)</script> &lt;b&gt; tg://user?id=1 </b>',
];
const all = mischief.join('\n');

/** What must be readable somewhere, word for word, however it was written. */
function readsPlainly(person: Person, where: number): void {
  const text = conversationOf(person, where)
    .messages.map(one => one.text)
    .join('\n');
  for (const word of ['@everyone', '<!channel>', '<script>alert(1)</script>', '**b**', '||spoiler||'])
    expect(text).toContain(word);
}

/** Who was pinged by the desk's own messages: the owners of private threads, when they are opened. What people write themselves is theirs. */
function pingedByDesk(): string[] {
  const pings = [world.slack, world.discord, world.telegram].flatMap(platform =>
    platform.pings.filter(({ message }) => isOfBot(platform, message)),
  );
  return pings.map(({ whom }) => whom);
}

function isOfBot(platform: Simulator, message: string): boolean {
  const seen = platform.people.flatMap(person => person.screen().places.flatMap(({ messages }) => messages));
  return seen.some(({ id, bot }) => id === message && bot);
}

test('eve’s name and words from Slack are shown to staff as she wrote them, and ping nobody', async () => {
  const eve = world.slack.person('eve');
  const bob = world.discord.person('bob');
  const number = await opensByForm(eve, { subject: `S ${mischief[0]}`, description: all });
  await goesToPost(bob, number);
  await writes(eve, number, `${all}\nthe end`);
  await bob.sees('the end', `#${number}`);
  readsPlainly(bob, number);
  expect(conversationOf(bob, number).messages[0]?.text).toContain('@everyone <!channel> *x* <b> (slack)');
  expect(pingedByDesk()).toEqual([]);
});

test('the same from Discord, to staff and back to her own thread', async () => {
  const eve = world.discord.person('eve');
  const bob = world.discord.person('bob');
  const number = await opensByForm(eve, { subject: 'D @everyone <!channel> <@&1>', description: all });
  await goesToPost(bob, number);
  await writes(eve, number, `${all}\nthe end`);
  await bob.sees('the end', `#${number}`);
  expect(conversationOf(bob, number).messages[0]?.text).toContain('<script>alert(1)</script>');
  expect(pingedByDesk()).toEqual(['@everyone <!channel> *x* <b>']);
});

test('the same from Telegram', async () => {
  const eve = world.telegram.person('eve');
  const bob = world.discord.person('bob');
  const number = await opensInChat(eve, { description: all });
  await goesToPost(bob, number);
  await eve.says(`${all}\nthe end`);
  await bob.sees('the end', `#${number}`);
  readsPlainly(bob, number);
  expect(pingedByDesk()).toEqual(['@everyone <!channel> *x* <b>']);
});

test('what staff write reaches every platform without pinging, linking to scripts, or breaking', async () => {
  const bob = world.discord.person('bob');
  const customers = [world.slack.person('ben'), world.discord.person('ben'), world.telegram.person('ben')];
  for (const ben of customers) {
    const number = ben.platform === 'telegram' ? await opensInChat(ben) : await opensByForm(ben);
    await goesToPost(bob, number);
    for (const line of mischief) await bob.says(line);
    await ben.sees('tg://user');
    const read = textsOf(ben).join('\n');
    for (const word of [
      '@everyone',
      '<!channel>',
      '<!subteam^S1>',
      'javascript:alert(1)',
      '<script>alert(1)</script>',
    ])
      expect([ben.platform, read]).toEqual([ben.platform, expect.stringContaining(word)]);
    const html = ben
      .screen()
      .places.flatMap(({ messages }) => messages.map(one => one.html))
      .join('');
    expect(html).not.toMatch(/href="javascript/i);
    expect(html).not.toContain('<script');
  }
  await allQuiet(world);
  expect(pingedByDesk()).toEqual(['@everyone <!channel> *x* <b>', 'Ben Carter']);
});
