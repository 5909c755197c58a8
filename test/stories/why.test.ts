import { expect, test } from 'vitest';
import type { Person } from '../../src/simulator/model.ts';
import { allQuiet, goesToPost, inWorld, isAnsweredByBilling, textsOf } from './steps.ts';

// The Wednesday before Christmas, 16:00 in Warsaw; billing works to 18:00.
const world = inWorld({
  at: '2026-12-23T15:00:00Z',
  slackDesk: true,
  telegramDesk: true,
  telegram: { people: [{ name: 'tom', locale: 'pl', role: 'staff' }] },
});

/** What somebody of the staff sees of it, line by line. */
async function reads(person: Person, what: RegExp, isIt: (text: string) => boolean): Promise<string[]> {
  await person.sees(what);
  return (textsOf(person).findLast(isIt) ?? '').split('\n').map(line => line.replace(/^[-•◦\s]+/u, ''));
}

test('`why` names the holidays that are between a question and its answer, in the desks of Slack and of Telegram', async () => {
  const ben = world.discord.person('ben');
  const bob = world.discord.person('bob');
  const number = await isAnsweredByBilling(ben, bob);
  await ben.says('And now?');
  await bob.sees('And now?', `#${number}`);
  await allQuiet(world);

  const cleo = world.slack.person('cleo');
  const post = cleo
    .screen()
    .places.flatMap(({ messages }) => messages)
    .find(({ text }) => new RegExp(`^#${number}\\b`).test(text));
  await cleo.repliesTo(post?.id ?? '', '!why');
  const english = await reads(cleo, /how each time came about/, text =>
    text.includes('how each time came about'),
  );
  const first = english.findIndex(line => /^Next reply due/.test(line));
  expect(english.slice(first, first + 6)).toEqual([
    expect.stringMatching(/^Next reply due: 28 Dec, 1[01]:\d\d CET \(running\)$/),
    expect.stringMatching(/^4 hours from 16:\d\d CET, in the hours of “billing” \(Europe\/Warsaw\)$/),
    expect.stringMatching(/^.*: Wed 23 Dec 16:\d\d(?::\d\d)?–18:00$/),
    'skipped: Thu 24 Dec, Christmas Eve',
    'skipped: Fri 25 Dec, Christmas Day',
    expect.stringMatching(/^.*: Mon 28 Dec 09:00–1[01]:\d\d(?::\d\d)?$/),
  ]);

  const tom = world.telegram.person('tom');
  await goesToPost(tom, number);
  await tom.says('/desk why');
  const polish = await reads(tom, /skąd wziął się każdy termin/, text => text.includes('skąd wziął się'));
  expect(polish).toContain('pominięte: czw. 24 gru, Wigilia');
  expect(polish).toContain('pominięte: pt. 25 gru, Boże Narodzenie');
  expect(polish.some(line => /pon\. 28 gru 09:00–1[01]:\d\d(?::\d\d)?$/.test(line))).toBe(true);
  expect(textsOf(ben).join()).not.toMatch(/Christmas|Wigilia/);
});
