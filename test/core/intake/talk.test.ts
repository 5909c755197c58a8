import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ScriptedChannel, scriptedChannel } from '../../harness/channel.ts';
import { type TestDesk, testDesk } from '../../harness/desk.ts';
import { settleAll } from '../../harness/flow.ts';
import { eventsAt } from '../../harness/people.ts';
import { came, PNG, shelf } from '../file/kit.ts';
import { column, secondDesk } from '../kit.ts';

let t: TestDesk;
let talk: ScriptedChannel;
let forum: ScriptedChannel;
const direct = { direct: true } as const;

beforeEach(async () => {
  talk = scriptedChannel('talk', { places: 'shared', forms: 'none' });
  forum = scriptedChannel('forum', { desk: true });
  t = await testDesk([talk, forum]);
});
afterEach(() => t.close());

/** What the chat shows after that. */
async function after(work: Promise<unknown>): Promise<string> {
  const before = talk.calls.length;
  await work;
  await settleAll(t);
  return talk.calls
    .slice(before)
    .map(call => call.text)
    .join('\n');
}
const says = (text: string) =>
  after(t.desk.accept('talk', eventsAt(t.clock).says('dan', 'dm', text, direct)));
const asks = (subject = '') =>
  after(
    t.desk.accept(
      'talk',
      eventsAt(t.clock).asks('dan', { what: 'open', subject }, { place: 'dm', ...direct }),
    ),
  );
const presses = (action: string) =>
  after(t.desk.accept('talk', eventsAt(t.clock).presses('dan', 'dm', action, [], direct)));
const draft = async (): Promise<number> =>
  (await column<number>(t.database, 'select id from draft'))[0] as number;
const step = () => column(t.database, 'select step from draft');
const tickets = () => column(t.database, 'select subject from ticket order by id');

test('a ticket is opened in a conversation, one question after the other, and survives a restart in the middle', async () => {
  await asks();
  await presses(`pick:${await draft()}:department:technical`);
  const next = await secondDesk(t, [talk, forum]);
  await next.close();
  await says('critical');
  expect(await step(), 'a choice may be typed').toEqual(['description']);
  await says('Everything is *down*');
  expect(await says('my server')).toContain('IP');
  await says('203.0.113.7');
  await says('web1');
  await says('14:00');
  const review = await says('ping fails');
  expect(review).toContain('web1');
  expect(await tickets()).toEqual([]);
  await presses(`send:${await draft()}`);
  expect(await tickets()).toEqual(['Everything is down']);
  expect(await column(t.database, 'select 1 from draft')).toEqual([]);
});

test('one can go back from every step to the first, also from the review of a text that was kept', async () => {
  await says('I wrote this before');
  await presses(`keep:${await draft()}`);
  await presses(`pick:${await draft()}:department:technical`);
  await presses(`pick:${await draft()}:priority:regular`);
  expect(await step(), 'the kept text is not asked for again').toEqual(['review']);
  const seen: string[] = [];
  for (let back = 0; back < 4; back++) {
    await presses(`back:${await draft()}`);
    seen.push(...(await step()));
  }
  expect(seen).toEqual(['description', 'priority', 'department', 'department']);
});

test('who is offered to open a ticket with what they said, and types the command instead, has said it', async () => {
  Object.assign(talk, shelf({ a: PNG }));
  Object.assign(forum.limits, { files: { count: 10, bytes: 1_000_000 } });
  await sends('The panel shows an error', 'panel.png');
  await says('And now the site is down');
  const kept = await draft();
  expect(await asks()).toMatch(/^What you wrote goes with your ticket\.[\s\S]*Who should look/);
  await presses(`pick:${await draft()}:department:technical`);
  const review = await presses(`pick:${await draft()}:priority:regular`);
  expect(review).toContain('The panel shows an error And now the site is down');
  expect(review).toContain('1 file goes with your ticket.');
  expect(await draft(), 'the button of the offer still means this one').toBe(kept);
  await presses(`send:${await draft()}`);
  expect(await tickets()).toEqual(['The panel shows an error And now the site is down']);
});

test('what answers nothing that was asked is kept and goes with the description, and the question stands', async () => {
  await asks();
  const again = await says('The web shop is down since noon');
  expect(again).toContain('What you wrote goes with your ticket.');
  expect(again).toContain('Who should look at it first?');
  expect(await step()).toEqual(['department']);
  expect(await says('technicl'), 'a slip is no description').not.toContain('goes with');
  await presses(`pick:${await draft()}:department:technical`);
  const review = await presses(`pick:${await draft()}:priority:regular`);
  expect(review, 'it is not asked for again').toContain('The web shop is down since noon');
  const more = await says('And the mail too');
  expect(more).toContain('What you wrote goes with your ticket.');
  expect(more).toContain('And the mail too');
  expect(await tickets()).toEqual([]);
  expect(await says('No')).not.toContain('goes with');
  await says('Yes');
  expect(await tickets()).toHaveLength(1);
  expect(await column(t.database, 'select body from message')).toEqual([
    'The web shop is down since noon\n\nAnd the mail too',
  ]);
});

test('a kept text that is too long is asked for again, and why is said', async () => {
  await says('long '.repeat(700));
  await presses(`keep:${await draft()}`);
  await presses(`pick:${await draft()}:department:technical`);
  await presses(`pick:${await draft()}:priority:regular`);
  if ((await step())[0] === 'review') expect(await presses(`send:${await draft()}`)).toContain('3000');
  expect(await step()).toEqual(['description']);
  await says('short');
  await presses(`send:${await draft()}`);
  expect(await tickets()).toEqual(['short']);
});

test('buttons of an earlier conversation, of somebody else, and nonsense do nothing', async () => {
  await asks();
  const old = await draft();
  await presses(`cancel:${old}`);
  await asks('again');
  for (const action of [
    `send:${old}`,
    `pick:${old}:priority:critical`,
    'send:',
    'pick:x',
    `pick:${await draft()}:server:1`,
    `pick:${await draft()}:department:sales`,
    `fly:${await draft()}`,
  ])
    await presses(action);
  expect([await step(), await tickets()]).toEqual([['department'], []]);
  await t.desk.accept('talk', eventsAt(t.clock).presses('eve', 'dm2', `cancel:${await draft()}`, [], direct));
  await settleAll(t);
  expect(await step()).toEqual(['department']);
  expect(t.log.lines).toEqual([]);
});

test('to send twice, at once, opens one ticket', async () => {
  await says('help');
  await presses(`keep:${await draft()}`);
  await presses(`pick:${await draft()}:department:technical`);
  await presses(`pick:${await draft()}:priority:regular`);
  const action = `send:${await draft()}`;
  const people = eventsAt(t.clock);
  await Promise.all(
    [1, 2, 3].map(() => t.desk.accept('talk', people.presses('dan', 'dm', action, [], direct))),
  );
  await settleAll(t);
  expect(await tickets()).toEqual(['help']);
});

const sends = (text: string, ...names: string[]) =>
  after(
    t.desk.accept(
      'talk',
      eventsAt(t.clock).says('dan', 'dm', text, { ...direct, files: names.map(name => came('a', name)) }),
    ),
  );

test('files come at any step of the conversation and go with the ticket', async () => {
  Object.assign(talk, shelf({ a: PNG }));
  Object.assign(forum.limits, { files: { count: 10, bytes: 1_000_000 } });
  expect(await sends('', 'before.png'), 'files without a ticket are kept').toContain('no open ticket');
  expect(await presses(`keep:${await draft()}`)).toContain('Who should look');
  expect(await sends('', 'one.png', 'two.png')).toMatch(
    /^3 files go with your ticket\.[\s\S]*Who should look/,
  );
  await presses(`pick:${await draft()}:department:technical`);
  await sends('regular', 'three.png');
  const review = await sends('It is broken, see the pictures', 'four.png');
  expect(review).toContain('5 files go with your ticket.');
  await presses(`send:${await draft()}`);
  expect(forum.calls.flatMap(call => call.files ?? []).map(file => file.name)).toEqual(
    ['before', 'one', 'two', 'three', 'four'].map(name => `${name}.png`),
  );
  expect(await column(t.database, 'select count(*)::int from message')).toEqual([1]);
});
