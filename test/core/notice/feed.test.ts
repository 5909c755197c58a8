import { beforeEach, expect, test } from 'vitest';
import type { Answer } from '../../../src/core/index.ts';
import { eventsAt } from '../../harness/people.ts';
import { linkTo } from '../preference/kit.ts';
import { announced, bring, confirmed, does, drafted, eachTold, maintenance, outage, settled } from './kit.ts';

const told = eachTold();

beforeEach(async () => {
  await bring(told.t, 'A-1', [{ ref: 's-1', location: 'WAW1', order: '123456' }]);
  await bring(told.t, 'A-2', [{ ref: 's-2', location: 'KRK1' }]);
  await linkTo(told.t, 'chat', 'ana', 'A-1-c');
});

const presses = (who: string, action: string): Promise<Answer> =>
  told.t.desk.accept('chat', eventsAt(told.t.clock).presses(who, 'lobby', action, []));
const textOf = (answer: Answer): string => ('text' in answer ? answer.text : JSON.stringify(answer));
const tokenIn = (answer: Answer): string =>
  /desk\.example\.com\/calendar\/([\w-]{43})\.ics/.exec(textOf(answer))?.[1] ?? '';
const read = async (token: string): Promise<string | undefined> =>
  (await told.t.desk.calendars.calendar(token))?.replaceAll('\r\n ', '');
const events = (calendar = ''): string[] => calendar.match(/^(?:UID|SEQUENCE|STATUS):.*/gm) ?? [];

test('a contact has a calendar of what is planned for their own services, and no outages in it', async () => {
  const { t } = told;
  const mine = await announced(t, maintenance(t));
  const objects = [{ type: 'location', value: 'KRK1', impact: 'none' }];
  const others = await drafted(t, maintenance(t, { objects }), 'k-2');
  await confirmed(t, others);
  await confirmed(t, await drafted(t, outage(), 'k-3'));
  await settled(t);
  const token = tokenIn(await presses('ana', 'notify-calendar'));
  expect(events(await read(token))).toEqual(['UID:N-1-0@switchdesk', 'SEQUENCE:1', 'STATUS:CONFIRMED']);
  expect(await read(token)).toContain('SUMMARY:Planned maintenance N-1: New switch');
  expect(await read(token)).toContain('X-MAINTNOTE-OBJECT-ID:123456');
  await does(t, mine, 'update', { text: { en: 'Two switches.' } });
  expect(events(await read(token))[1]).toBe('SEQUENCE:2');
  await does(t, mine, 'cancel');
  expect(events(await read(token))).toEqual(['UID:N-1-0@switchdesk', 'SEQUENCE:3', 'STATUS:CANCELLED']);
  t.clock.forward(40 * 86_400_000);
  expect(events(await read(token))).toEqual([]);
});

test('what no longer concerns them is not in it, nor what their account had when it is closed', async () => {
  const { t } = told;
  const id = await announced(t, maintenance(t));
  const token = tokenIn(await presses('ana', 'notify-calendar'));
  expect(events(await read(token))).toHaveLength(3);
  await does(t, id, 'update', {
    text: { en: 'It is Kraków.' },
    objects: [{ type: 'location', value: 'KRK1', impact: 'none' }],
  });
  expect(events(await read(token))).toEqual([]);
  await t.database.sql`update account set state = 'closed' where ref = 'A-1'`;
  expect(await read(token)).toBe(undefined);
});

test('a new address ends the old, one can be ended, and nobody else can make or guess one', async () => {
  const { t } = told;
  const first = tokenIn(await presses('ana', 'notify-calendar'));
  expect(await read(first)).toContain('BEGIN:VCALENDAR');
  const second = tokenIn(await presses('ana', 'notify-calendar'));
  expect(await read(first)).toBe(undefined);
  expect(await read(second)).toBeDefined();
  for (const text of ['', 'x', `${second}x`, "' or true --"]) expect(await read(text)).toBe(undefined);
  expect(await t.desk.calendars.oncall(second)).toBe(undefined);
  expect(JSON.stringify(await t.database.sql`select * from contact`)).not.toContain(second);
  expect(textOf(await presses('ana', 'notify-calendar-off'))).toMatch(
    /^The calendar has no address any more\./,
  );
  expect(await read(second)).toBe(undefined);
  expect(textOf(await presses('zoe', 'notify-calendar'))).toMatch(
    /^We do not know yet whose contact you are/,
  );
});

test('it speaks the language that its owner chose', async () => {
  const { t } = told;
  await announced(t, maintenance(t));
  const token = tokenIn(await presses('ana', 'notify-calendar'));
  expect(await read(token)).toContain('New switch');
  await t.desk.api.preferences.put('A-1-c', { language: 'pl' });
  expect(await read(token)).toContain('Nowy przełącznik');
});

test('programs read in it how the work stands', async () => {
  const { t } = told;
  const id = await announced(t, maintenance(t, { starts: true }));
  const token = tokenIn(await presses('ana', 'notify-calendar'));
  const stands = async () => /^X-MAINTNOTE-STATUS:.*/m.exec((await read(token)) ?? '')?.[0];
  expect(await stands()).toBe('X-MAINTNOTE-STATUS:CONFIRMED');
  await does(t, id, 'update', { state: 'running', text: { en: 'We begin.' } });
  expect(await stands()).toBe('X-MAINTNOTE-STATUS:IN-PROCESS');
  t.clock.forward(49 * 3_600_000); // its window has begun
  await does(t, id, 'resolve');
  expect(await stands()).toBe('X-MAINTNOTE-STATUS:COMPLETED');
  expect(events(await read(token)).at(-1)).toBe('STATUS:CONFIRMED');
});

test('where the answer goes through the lane of a chat, the address is forgotten once it was said', async () => {
  const { t, talk } = told;
  await linkTo(t, 'talk', 'ben', 'A-1-c');
  const pressed = eventsAt(t.clock).presses('ben', 'ben-dm', 'notify-calendar', []);
  await t.desk.accept('talk', { ...pressed, direct: true });
  await settled(t);
  const said = talk.calls.at(-1)?.text ?? '';
  const token = tokenIn({ type: 'say', text: said });
  expect(await read(token)).toContain('BEGIN:VCALENDAR');
  const kept = await t.database.sql`select content, payload from delivery full join receipt on false`;
  expect(kept.length).toBeGreaterThan(1);
  expect(JSON.stringify(kept)).not.toContain(token);
});

test('a window of another account alone is never in it, not even as one that is no more', async () => {
  const { t } = told;
  await bring(t, 'A-3', [{ ref: 's-9', location: 'WAW1' }]);
  const [general] = maintenance(t).windows;
  const later = (days: number) => ({
    from: new Date(Date.parse(general?.from ?? '') + days * 86_400_000).toISOString(),
    to: new Date(Date.parse(general?.to ?? '') + days * 86_400_000).toISOString(),
  });
  const location = { type: 'location' as const, value: 'WAW1', impact: 'outage' as const };
  const own = { type: 'account' as const, value: 'A-3', impact: 'outage' as const, windows: [1] };
  const id = await announced(t, maintenance(t, { objects: [location, own], windows: [later(0), later(1)] }));
  const token = tokenIn(await presses('ana', 'notify-calendar'));
  expect(events(await read(token))).toEqual(['UID:N-1-0@switchdesk', 'SEQUENCE:1', 'STATUS:CONFIRMED']);
  told.mail.calls.length = 0;
  await does(t, id, 'reschedule', { objects: [location], windows: [later(2)] });
  await settled(t);
  const sent = (who: string): string =>
    told.mail.calls
      .filter(({ to }) => to.startsWith(who))
      .flatMap(({ files = [] }) => files.map(({ content }) => content))
      .join();
  expect(sent('a-1')).not.toContain('N-1-1');
  expect(sent('a-3')).toContain('N-1-1');
});

test('who asks for invitations gets calendars that name a METHOD, and a type that says so; nobody else does', async () => {
  const { t, mail } = told;
  await bring(t, 'A-3', [{ ref: 's-9', location: 'WAW1' }]);
  expect(textOf(await presses('ana', 'notify-invites:on'))).toContain('are invitations now');
  const id = await announced(t, maintenance(t));
  await does(t, id, 'cancel', { text: { en: 'The part is late.' } });
  await settled(t);
  const files = (who: string) =>
    mail.calls
      .filter(({ to }) => to.startsWith(who))
      .flatMap(({ files = [] }) =>
        files.map(one => [one.type, /^METHOD:.*/m.exec(one.content)?.[0]?.trim()]),
      );
  expect(files('a-1')).toEqual([
    ['text/calendar; charset=utf-8; method=PUBLISH', 'METHOD:PUBLISH'],
    ['text/calendar; charset=utf-8; method=CANCEL', 'METHOD:CANCEL'],
  ]);
  expect(files('a-3')).toEqual([
    ['text/calendar', undefined],
    ['text/calendar', undefined],
  ]);
  expect(await t.desk.api.preferences.get('A-1-c')).toMatchObject({ invites: true });
  await t.desk.api.preferences.put('A-1-c', { calendar_invitations: false });
  expect(textOf(await presses('ana', 'notify'))).toContain('Where we tell you');
  expect(await t.desk.api.preferences.get('A-1-c')).toMatchObject({ invites: false });
});
