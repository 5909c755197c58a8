import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { maySee, type Viewer } from '../../../src/core/identity/index.ts';
import type { Asked } from '../../../src/core/index.ts';
import { visibleTo } from '../../../src/core/ticket/list.ts';
import { type ScriptedChannel, scriptedChannel } from '../../harness/channel.ts';
import { type TestDesk, testDesk } from '../../harness/desk.ts';
import { openTicket, settleAll } from '../../harness/flow.ts';
import { eventsAt } from '../../harness/people.ts';
import { column } from '../kit.ts';
import { contact, textOf, tokenFor } from './kit.ts';

let t: TestDesk;
let chat: ScriptedChannel;
let other: ScriptedChannel;
let forum: ScriptedChannel;

beforeAll(async () => {
  chat = scriptedChannel('chat');
  other = scriptedChannel('other');
  forum = scriptedChannel('forum', { desk: true });
  t = await testDesk([chat, other, forum]);
  await contact(t.database, 'olga', {
    account: 'acme',
    name: 'Olga *Owner*\r\nBcc: eve@x',
    roles: ['owner'],
  });
  await contact(t.database, 'tom', { account: 'acme', roles: ['technical'] });
  await contact(t.database, 'bea', { account: 'acme', roles: ['billing'] });
  await contact(t.database, 'neo', { account: 'acme', roles: [] });
  await contact(t.database, 'xena', { account: 'bolt', roles: ['owner'] });
  for (const who of ['olga', 'tom', 'bea', 'neo', 'xena']) await links(who, who);
  await links('tom-other', 'tom', 'other');
});
afterAll(() => t.close());

async function links(who: string, ref: string, kind = 'chat'): Promise<void> {
  const text = await tokenFor(t, ref, kind);
  await t.desk.accept(kind, eventsAt(t.clock).asks(who, { what: 'link', text }));
}
const asks = (who: string, ask: Asked['ask'], kind = 'chat') =>
  t.desk.accept(kind, eventsAt(t.clock).asks(who, ask));
const says = async (who: string, ask: Asked['ask'], kind = 'chat') => textOf(await asks(who, ask, kind));
const presses = (who: string, action: string, kind = 'chat') =>
  t.desk.accept(kind, eventsAt(t.clock).presses(who, 'lobby', action, []));

async function opens(who: string, department: string, kind = chat): Promise<number> {
  await t.desk.accept(
    kind.kind,
    eventsAt(t.clock).submits(who, { department, description: `secret of ${who}` }),
  );
  await settleAll(t);
  const [id] = await column<number>(t.database, 'select max(id) from ticket');
  return Number(id);
}

test('an owner sees all tickets of the account, the others those of their kind, on every road; one who is not linked none', async () => {
  const technical = await opens('tom', 'technical');
  const financial = await opens('bea', 'financial');
  const sees = async (who: string, kind = 'chat'): Promise<string[]> => {
    const list = await says(who, { what: 'list' }, kind);
    const found = [];
    for (const [id, word] of [
      [technical, 'technical'],
      [financial, 'financial'],
    ] as const) {
      const shown = await says(who, { what: 'show', number: String(id) }, kind);
      const isShown = shown.includes('secret of');
      expect(list.includes(`#${id}**`), `${who} lists ${word}`).toBe(isShown);
      if (!isShown)
        expect(shown).toBe(
          await says(who, { what: 'show', number: '999999' }, kind).then(text =>
            text.replace('999999', String(id)),
          ),
        );
      const typed = await t.desk.accept(kind, { ...eventsAt(t.clock).types(who, 'own-ticket', String(id)) });
      expect(typed.type === 'choices' && typed.choices.length > 0, `${who} is offered ${word}`).toBe(isShown);
      if (isShown) found.push(word);
    }
    return found;
  };
  expect(await sees('olga')).toEqual(['technical', 'financial']);
  expect(await sees('tom')).toEqual(['technical']);
  expect(await sees('bea')).toEqual(['financial']);
  expect(await sees('neo')).toEqual([]);
  expect(await sees('xena')).toEqual([]);
  expect(await sees('zoe')).toEqual([]);
  expect(await sees('tom-other', 'other'), 'another identity of the same contact').toEqual(['technical']);
});

test('whoever may see a ticket of the account writes in it, closes it and opens it again; others are refused as if it were not there', async () => {
  const number = await opens('tom', 'technical');
  const wrote = await says('olga', { what: 'reply', number: String(number), text: 'I add this' });
  expect(wrote).toContain(`#${number}`);
  await settleAll(t);
  expect(forum.calls.some(call => call.text.includes('I add this'))).toBe(true);
  expect(
    chat.calls.some(call => call.text.includes('I add this')),
    'and the one who opened it sees it',
  ).toBe(true);
  for (const who of ['bea', 'neo', 'xena', 'zoe'])
    for (const ask of [
      { what: 'close', number: String(number) },
      { what: 'reopen', number: String(number) },
      { what: 'escalate', number: String(number), text: 'x' },
      { what: 'reply', number: String(number), text: 'x' },
    ] as const)
      expect(await says(who, ask), `${who} ${ask.what}`).toBe(`You have no ticket **#${number}**.`);
  expect(await says('olga', { what: 'close', number: String(number) })).toContain('closed');
});

test('the rule and the statement agree on who sees what', async () => {
  const departments = ['technical', 'financial', 'x'];
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        handleId: fc.integer({ min: 1, max: 3 }),
        contactId: fc.option(fc.integer({ min: 1, max: 2 })),
        accountId: fc.option(fc.integer({ min: 1, max: 2 })),
        departments: fc.subarray(departments),
      }),
      async (viewer: Viewer) => {
        const { sql } = t.database;
        const rows = await sql<
          {
            handleId: number;
            contactId: number | null;
            accountId: number | null;
            department: string;
            seen: boolean;
          }[]
        >`
          select t.handle_id as "handleId", t.contact_id as "contactId", t.account_id as "accountId", t.department, coalesce(${visibleTo(sql, viewer)}, false) as seen
          from (select h::bigint as handle_id, c::bigint as contact_id, a::bigint as account_id, d as department
            from generate_series(1, 3) h, unnest(array[1, 2, null]) c, unnest(array[1, 2, null]) a, unnest(${departments}::text[]) d) t`;
        for (const { seen, ...ticket } of rows)
          expect(maySee(viewer, ticket), JSON.stringify(ticket)).toBe(seen);
      },
    ),
    { numRuns: 50 },
  );
});

test('/ticket me names the contact and the identities, inert, and ends each; a foreign one is as none', async () => {
  const own = await asks('olga', { what: 'me' });
  expect(textOf(own)).toContain('**Olga \\*Owner\\* Bcc: eve@x** of **acme Ltd**');
  expect(textOf(own)).toMatch(/- Chat: olga – since .* – this one/);
  expect(textOf(await asks('zoe', { what: 'me' }))).toContain('We do not know yet who you are');
  const toms = await asks('tom', { what: 'me' });
  if (toms.type !== 'say') throw new Error(toms.type);
  expect(toms.text).toContain('Other: tom-other');
  const revoke = toms.buttons?.find(({ action }) => action.startsWith('me-revoke:'));
  const none = textOf(await presses('tom', 'me-revoke:999999'));
  expect(textOf(await presses('xena', revoke?.action ?? ''))).toBe(none);
  expect(textOf(await presses('zoe', revoke?.action ?? ''))).toBe(none);
  for (const forged of ['me-revoke:', 'me-revoke:x', 'me-revoke:-1', `me-revoke:${'9'.repeat(40)}`])
    expect(textOf(await presses('tom', forged))).toBe(none);
  expect(await says('tom-other', { what: 'list' }, 'other')).toContain('You have');
  expect(textOf(await presses('tom', revoke?.action ?? ''))).toContain('sees nothing of your account');
  expect(await says('tom-other', { what: 'list' }, 'other')).toBe('You have no tickets.');
  expect(textOf(await presses('tom-other', 'me-unlink', 'other'))).toContain('not linked');
  expect(
    await column(t.database, "select type from identity_event where type in ('revoked', 'unlinked')"),
  ).toEqual(['revoked']);
});

test('an identity that is unlinked loses the account at once and keeps what it opened itself; linked anew it begins without proof', async () => {
  const number = await opens('tom', 'technical');
  expect(await says('olga', { what: 'show', number: String(number) })).toContain('secret of tom');
  await presses('olga', 'me-unlink');
  expect(await says('olga', { what: 'show', number: String(number) })).toBe(
    `You have no ticket **#${number}**.`,
  );
  await presses('tom', 'me-unlink');
  expect(await says('tom', { what: 'show', number: String(number) })).toContain('secret of tom');
  await openTicket(t, chat, forum, 'tom');
  expect(await column(t.database, 'select trust from ticket order by id desc limit 1')).toEqual(['unknown']);
});
