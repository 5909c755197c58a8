import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  linkTokensAnswer,
  linkTokensBodySchema,
  linkTokensPath,
  linkTokensViewSchema,
} from '../../src/http/api/link-tokens.ts';
import { contact } from '../core/identity/kit.ts';
import { scriptedChannel } from '../harness/channel.ts';
import { type TestDesk, testDesk } from '../harness/desk.ts';
import { openTicket } from '../harness/flow.ts';

let t: TestDesk;
const chat = scriptedChannel('chat');
const forum = scriptedChannel('forum', { desk: true });

beforeAll(async () => {
  t = await testDesk([chat, forum]);
  await contact(t.database, 'ana-1');
  await contact(t.database, 'ben-1');
});
afterAll(() => t.close());

test('a contact’s tokens are what the schema says; unknown contacts and tickets of others are not there; too many are too many', async () => {
  expect(linkTokensPath).toBe('/api/v1/contacts/{ref}/link-tokens');
  const made = linkTokensAnswer(await t.desk.makeLinkTokens('ana-1'));
  expect(made.status).toBe(201);
  expect(linkTokensViewSchema.parse('body' in made && made.body)).toEqual('body' in made && made.body);
  const { number } = await openTicket(t, chat, forum, 'ben');
  await t.database.sql`update ticket set account_id = (select account_id from contact where ref = 'ben-1')`;
  for (const [ref, ticket] of [
    ['nobody', undefined],
    ['ana-1', number],
    ['ana-1', 999_999],
  ] as const)
    expect(linkTokensAnswer(await t.desk.makeLinkTokens(ref, { ticket }))).toEqual({ status: 404 });
  expect(linkTokensAnswer({ ok: false, why: 'too-many' })).toEqual({ status: 429 });
});

test.each([
  [{ ticket: 0 }],
  [{ ticket: 1.5 }],
  [{ ticket: '1' }],
  [{ other: 1 }],
  [[]],
  [null],
  [{ ticket: 2 ** 60 }],
])('%j is no body', body => {
  expect(linkTokensBodySchema.safeParse(body).success).toBe(false);
});
