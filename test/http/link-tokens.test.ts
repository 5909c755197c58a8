import { afterAll, beforeAll, expect, test } from 'vitest';
import { contact } from '../core/identity/kit.ts';
import { scriptedChannel } from '../harness/channel.ts';
import { openTicket } from '../harness/flow.ts';
import { type ApiWorld, startApi } from './api-kit.ts';

let api: ApiWorld;
let key: string;
const chat = scriptedChannel('chat');
const forum = scriptedChannel('forum', { desk: true });

beforeAll(async () => {
  api = await startApi([chat, forum]);
  key = await api.key('link-tokens:write');
  await contact(api.database, 'ana-1');
  await contact(api.database, 'ben-1');
});
afterAll(() => api.stop());

const ask = (ref: string, body: unknown) =>
  api.asks('POST', `/api/v1/contacts/${ref}/link-tokens`, { key, body });

test('a contact’s tokens come once; unknown contacts and tickets of others are not there; too many are too many', async () => {
  const made = await ask('ana-1', {});
  expect(made.status).toBe(201);
  const lasts = Date.parse(made.body.expires_at) - api.clock.now().getTime();
  expect(lasts).toBeGreaterThan(9 * 60_000);
  expect(lasts).toBeLessThanOrEqual(10 * 60_000);
  const [token] = made.body.tokens;
  expect(token).toMatchObject({ channel: 'chat', code: expect.stringMatching(/^[0-9A-Z-]{12,}$/) });
  const kept = await api.database.sql`select * from proof`;
  expect(JSON.stringify(kept)).not.toContain(token.code.replaceAll('-', ''));
  const { number } = await openTicket(api.t, chat, forum, 'ben');
  await api.database.sql`update ticket set account_id = (select account_id from contact where ref = 'ben-1')`;
  for (const [ref, ticket] of [
    ['nobody', undefined],
    ['ana-1', number],
    ['ana-1', 999_999],
  ] as const)
    expect((await ask(ref, { ticket })).status).toBe(404);
  let last = made;
  for (let more = 0; more < 100 && last.status !== 429; more += 1) last = await ask('ana-1', {});
  expect(last).toMatchObject({ status: 429, body: { title: expect.stringContaining('try again') } });
});

test.each([
  [{ ticket: 0 }],
  [{ ticket: 1.5 }],
  [{ ticket: '1' }],
  [{ other: 1 }],
  [[]],
  [null],
  [{ ticket: 2 ** 60 }],
])('%j is no body', async body => {
  expect((await ask('ana-1', body)).status).toBe(422);
});
