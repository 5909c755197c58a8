/** The chat on the provider's website: a bubble, and the desk in Discord. */
import { expect, onTestFinished, test } from 'vitest';
import { startWorld, type World } from '../harness/world.ts';

async function world(options: Parameters<typeof startWorld>[0] = {}): Promise<World> {
  const w = await startWorld({ website: {}, ...options });
  onTestFinished(() => w.stop());
  return w;
}

test('what a visitor says in the bubble stands at the desk as a chat, and the answer comes back under a public name alone', async () => {
  const w = await world({
    policy: (policy, { discord }) => ({
      ...policy,
      people: [
        { id: 'bob', name: 'Bob Miller', public: 'Bob', reach: { discord: discord.person('bob').id } },
        { id: 'cleo', name: 'Cleo Adams', reach: { discord: discord.person('cleo').id } },
      ],
    }),
  });
  const ben = w.website.person('ben');
  const bob = w.discord.person('bob');
  await ben.says('Do you have *servers* in Warsaw?');
  await ben.sees('your message has reached us');
  await bob.sees('chat on the website');
  await bob.goes('#1 Do you have');
  await bob.says('We do, in two halls.');
  await ben.sees('We do, in two halls.');
  const { messages } = ben.screen().places[0] ?? { messages: [] };
  expect(messages.map(({ author, text }) => [author, text])).toEqual([
    ['ben', 'Do you have *servers* in Warsaw?'],
    ['Support', expect.stringContaining('your message has reached us')],
    ['Bob', 'We do, in two halls.'],
  ]);
  const cleo = w.discord.person('cleo');
  await cleo.goes('#1 Do you have');
  await cleo.says('And in Cracow.');
  await ben.sees('And in Cracow.');
  expect(ben.screen().places[0]?.messages.at(-1)?.author).toBe('Support');
  await ben.says('Thank you');
  await bob.sees('Thank you');
  const [ticket] = await w.database.sql`select way, department from ticket`;
  expect(ticket).toMatchObject({ way: 'chat' });
});
