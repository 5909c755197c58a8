import { expect, test } from 'vitest';
import { allQuiet, conversationOf, goesToPost, inWorld, opensByForm, opensInChat, writes } from './steps.ts';

const world = inWorld({ pace: 8 });

const strange = [
  'right to left: البريد لا يعمل منذ الصباح ‏(خادم web-3)',
  'override: invoice\u202Efdp.exe and \u2066isolates\u2069',
  'emoji: 👩‍👩‍👧‍👦 is sad 😿 🏳️‍🌈 1️⃣ 🇵🇱',
  `combining: Z${'\u0315\u0300\u034F'.repeat(60)}algo`,
  'lone surrogates: half \uD83D of \uDE00 one',
  'control characters: bell\u0007 null\u0000 escape\u001B[31m tab\t end',
].join('\n');
const lines = `${'line\n'.repeat(150)}the last line`;
const word = `${'x'.repeat(1900)} the long word`;

test.each(['slack', 'discord', 'telegram'] as const)(
  'in %s a ticket is opened with any text, written, and answered with it',
  async platform => {
    const ana = world[platform].person('ana');
    const bob = world.discord.person('bob');
    const open = platform === 'telegram' ? opensInChat : opensByForm;
    const number = await open(ana, { subject: '👩‍👩‍👧‍👦 البريد \uD83D Z\u0315\u0300', description: strange });
    await goesToPost(bob, number);
    for (const text of [strange, lines, word]) {
      if (platform === 'telegram') await ana.says(text);
      else await writes(ana, number, text);
      await bob.sees([...text].slice(-8).join(''), `#${number}`);
      await bob.says(text);
    }
    await ana.sees('the long word');
    await allQuiet(world);
    const failed = await world.database
      .sql`select kind, error from delivery where state in ('dead', 'unknown')`;
    expect([...failed]).toEqual([]);
    const read = conversationOf(bob, number)
      .messages.map(({ text }) => text)
      .join('\n');
    for (const part of ['البريد لا يعمل', '👩‍👩‍👧‍👦', '🇵🇱', 'half', 'escape']) expect(read).toContain(part);
    const rows = await world.database.sql<{ body: string }[]>`select body from message`;
    expect(rows.map(row => row.body).join('\n')).not.toMatch(/\p{Surrogate}/u);
  },
);
