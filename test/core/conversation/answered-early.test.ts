import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Receipt } from '../../../src/core/index.ts';
import { type ScriptedChannel, scriptedChannel } from '../../harness/channel.ts';
import { type TestDesk, testDesk } from '../../harness/desk.ts';
import { settleAll } from '../../harness/flow.ts';
import { eventsAt } from '../../harness/people.ts';
import { column, held, until } from '../kit.ts';

let t: TestDesk;
let talk: ScriptedChannel;
let forum: ScriptedChannel;
let answer: ReturnType<typeof held<Receipt>>;
let tickets: number[];
const direct = { direct: true } as const;

/** Dan has two tickets and is writing in the second; Bob's reply in the first is on his screen, but its id is not with us yet. */
beforeEach(async () => {
  talk = scriptedChannel('talk', { places: 'shared', forms: 'none' });
  forum = scriptedChannel('forum', { desk: true });
  t = await testDesk([talk, forum]);
  const people = eventsAt(t.clock);
  for (const text of ['the site is slow', 'the invoice is wrong']) {
    await t.desk.accept(
      'talk',
      people.asks('dan', { what: 'open', subject: text }, { place: 'dm', ...direct }),
    );
    await settleAll(t);
    const [draft] = await column<number>(t.database, 'select id from draft');
    const press = (action: string) =>
      t.desk.accept('talk', people.presses('dan', 'dm', `${action}`, [], direct)).then(() => settleAll(t));
    await press(`pick:${draft}:department:technical`);
    await press(`pick:${draft}:priority:regular`);
    await t.desk.accept('talk', people.says('dan', 'dm', text, direct));
    await settleAll(t);
    await press(`send:${draft}`);
  }
  tickets = await column<number>(t.database, 'select id from ticket order by id');
  const [post] = await column(
    t.database,
    `select address from place where ticket_id = ${tickets[0]} and role = 'desk'`,
  );
  answer = held();
  talk.script = call =>
    call.text.includes('Is it better?') ? answer.promise : { outcome: 'delivered', ref: call.id };
  await t.desk.accept('forum', people.staffSays('bob', post as string, 'Is it better?'));
  await until(async () => {
    await t.desk.tick();
    return talk.calls.some(call => call.text.includes('Is it better?'));
  });
});
afterEach(() => t.close());

const replies = (text: string, replyTo: string) =>
  t.desk.accept('talk', eventsAt(t.clock).says('dan', 'dm', text, { ...direct, replyTo }));
const written = () =>
  column<number>(
    t.database,
    `select ticket_id from message where place_id is not null and kind = 'request' order by id`,
  );

test('an answer to a message whose id we do not have yet waits for it, and goes to its ticket', async () => {
  await replies('much better', 'ref-of-reply');
  await t.desk.accept('talk', eventsAt(t.clock).says('dan', 'dm', 'thank you', direct));
  await t.desk.tick();
  t.clock.forward(30_000);
  await t.desk.tick();
  expect(await written(), 'nobody guesses').toEqual([]);
  answer.release({ outcome: 'delivered', ref: 'ref-of-reply' });
  await until(async () => {
    t.clock.forward(250);
    await t.desk.tick();
    return (await written()).length === 2;
  });
  expect(await written(), 'what was said after it keeps its order').toEqual([tickets[0], tickets[0]]);
});

test('it waits no longer than the attempt may last', async () => {
  await replies('much better', 'ref-of-reply');
  await t.desk.tick();
  t.clock.forward(60_000);
  await until(async () => {
    await t.desk.tick();
    return (await written()).length === 1;
  });
  answer.release({ outcome: 'delivered', ref: 'ref-of-reply' });
});

test('an answer to a message that we know waits for nothing', async () => {
  const [known] = await column(
    t.database,
    `select ref from delivery where ticket_id = ${tickets[1]} and ref is not null and place_role = 'customer'`,
  );
  await replies('what about this', known as string);
  await until(async () => (await written()).length === 1);
  expect(await written()).toEqual([tickets[1]]);
  answer.release({ outcome: 'delivered', ref: 'ref-of-reply' });
});
