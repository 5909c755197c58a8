import { afterEach, beforeEach, expect, test } from 'vitest';
import { cardOf } from '../../../src/core/outbox/card.ts';
import { eventsAt } from '../../harness/people.ts';
import { contextOf } from '../kit.ts';
import { linkTo } from '../preference/kit.ts';
import { announced, bring, does, maintenance, outage, settled, startTold, type Told } from './kit.ts';

let told: Told;
let people: ReturnType<typeof eventsAt>;

beforeEach(async () => {
  told = await startTold();
  const { t } = told;
  people = eventsAt(t.clock);
  await bring(t, 'A-1', [{ ref: 's1', location: 'WAW1', order: '123456' }]);
  await linkTo(t, 'talk', 'ana', 'A-1-c');
  await t.desk.accept('talk', people.asks('ana', { what: 'help' }, { place: 'ana-dm', direct: true }));
  await settled(t);
});
afterEach(() => told.t.close());

/** The last message of ours to Ana that says something, with its id there. */
async function lastTold(words: string): Promise<string> {
  const { t } = told;
  const [row] = await t.database.sql<{ ref: string }[]>`
    select v.ref from delivery v join dispatch d on d.id = v.dispatch_id join place p on p.id = v.place_id
    where p.channel = 'talk' and v.state = 'sent' order by v.id desc limit 1`;
  expect(told.talk.calls.map(({ text }) => text).join('\n')).toContain(words);
  return row?.ref ?? '';
}

async function says(text: string, more: object = {}): Promise<string[]> {
  const { t, talk } = told;
  const before = talk.calls.length;
  await t.desk.accept('talk', people.says('ana', 'ana-dm', text, { direct: true, ...more }));
  await settled(t);
  return talk.calls.slice(before).map(call => call.text);
}

async function tickets(): Promise<object[]> {
  return told.t.database.sql`
    select t.subject, s.ref as service, k.how, (select string_agg(m.body, ' / ' order by m.id) from message m where m.ticket_id = t.id) as said
    from ticket t left join service s on s.id = t.service_id left join ticket_notice k on k.ticket_id = t.id order by t.id`;
}

test('whoever answers a notice has a ticket that knows it, and goes on in it', async () => {
  const { t } = told;
  const id = await announced(t, maintenance(t));
  const ref = await lastTold('New switch');
  const answer = await says('Will my server be down all night?', { replyTo: ref });
  expect(answer.join('\n')).toContain('We have your ticket');
  const subject = `N-${id}: New switch`;
  expect(await tickets()).toEqual([
    { subject, service: 's1', how: 'about', said: 'Will my server be down all night?' },
  ]);
  const card = await cardOf(contextOf(t, told.channels), 1, 'card');
  expect(card.lines).toContainEqual({ label: 'Notice', value: expect.stringContaining('New switch') });
  await says('And the backup?', { replyTo: ref });
  await says('Please tell me.');
  expect(await tickets()).toEqual([
    {
      subject,
      service: 's1',
      how: 'about',
      said: 'Will my server be down all night? / And the backup? / Please tell me.',
    },
  ]);
});

test('a question about an outage is answered by people: its clock runs, and the end of the outage does not solve it', async () => {
  const { t } = told;
  const id = await announced(t, outage());
  await says('Is my data safe?', { replyTo: await lastTold('Power') });
  await does(t, id, 'resolve');
  await settled(t);
  expect(await t.database.sql`select state from ticket`).toEqual([{ state: 'open' }]);
  expect(await t.database.sql`select state from promise where target = 'first-reply'`).toEqual([
    { state: 'running' },
  ]);
});

test('what is said of a notice that is over becomes a ticket only when they say so, and is kept', async () => {
  const { t } = told;
  const id = await announced(t, outage());
  const ref = await lastTold('Power');
  await does(t, id, 'resolve');
  await settled(t);
  const offer = await says('Thank you, all is well', { replyTo: ref });
  expect(offer.join()).toContain('Shall we open a ticket with what you wrote?');
  expect(await tickets()).toEqual([]);
  const [draft] = await t.database.sql<{ values: object }[]>`select values from draft`;
  expect(draft?.values).toMatchObject({ description: 'Thank you, all is well' });
});

test('where somebody must prove first who they are, their answer to a notice is kept', async () => {
  const { t } = told;
  await announced(t, maintenance(t));
  const ref = await lastTold('New switch');
  const actions = t.policy.trust.actions as Record<string, { level: string; below: string }>;
  actions['open-technical'] = { level: 'fresh', below: 'refuse' };
  t.clock.forward(16 * 60_000);
  const answer = await says('Will it be long?', { replyTo: ref });
  expect(answer.join()).toContain('Shall we open a ticket with what you wrote?');
  expect(await tickets()).toEqual([]);
  expect((await t.database.sql<{ values: object }[]>`select values from draft`)[0]?.values).toMatchObject({
    description: 'Will it be long?',
  });
});

test('somebody else’s message id is no notice of theirs', async () => {
  const { t, talk } = told;
  await announced(t, maintenance(t));
  const ref = await lastTold('New switch');
  await t.desk.accept('talk', people.says('eve', 'eve-dm', 'Hello', { direct: true, replyTo: ref }));
  await settled(t);
  expect(await tickets()).toEqual([]);
  expect(talk.calls.at(-1)?.text).toContain('ticket');
});

async function asksStatus(who = 'ana'): Promise<string> {
  const { t, talk } = told;
  const place = `${who}-dm`;
  await t.desk.accept('talk', people.asks(who, { what: 'status' }, { place, direct: true }));
  await settled(t);
  return talk.calls.filter(({ to }) => to === place).at(-1)?.text ?? '';
}

test('/ticket status tells what concerns somebody now and next, outages first', async () => {
  const { t } = told;
  expect(await asksStatus()).toContain('Nothing concerns you');
  const planned = await announced(t, maintenance(t));
  const broken = await t.desk.api.notices.draft('k-2', outage());
  if (!('notice' in broken)) throw new Error('refused');
  await t.desk.api.notices.confirm(broken.notice.id, broken.notice.edition);
  await settled(t);
  await t.desk.api.notices.draft('k-3', outage({ title: { en: 'Only a draft' } }));
  const text = await asksStatus();
  expect(text).toMatch(
    new RegExp(
      `N-${broken.notice.id}: Power\\*\\*\\s+Something is broken[\\s\\S]*Service s1 [\\s\\S]*[\\s\\S]*N-${planned}: New switch\\*\\* \\(confirmed\\)[\\s\\S]*UTC`,
    ),
  );
  expect(text).not.toContain('Only a draft');
  await does(t, broken.notice.id, 'resolve');
  await does(t, planned, 'cancel');
  await settled(t);
  expect(await asksStatus()).toContain('Nothing concerns you');
});

test('it tells nobody of what concerns others, and strangers how to be known', async () => {
  const { t } = told;
  await bring(t, 'B-1', [{ ref: 's2', location: 'FRA1' }]);
  await linkTo(t, 'talk', 'ben', 'B-1-c');
  await announced(t, outage());
  expect(await asksStatus('ben')).toContain('Nothing concerns you');
  const stranger = await asksStatus('eve');
  expect(stranger).toContain('when we know who you are');
  expect(stranger).not.toContain('Power');
});
