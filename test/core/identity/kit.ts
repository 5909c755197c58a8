import type { Database } from '../../../drizzle/database.ts';
import type { Answer, LinkTokens } from '../../../src/core/index.ts';
import type { TestDesk } from '../../harness/desk.ts';

/** A contact as the provider's billing system would tell of them. */
export interface GivenContact {
  readonly account?: string;
  readonly name?: string;
  readonly roles?: readonly string[];
  readonly addresses?: readonly string[];
  readonly locale?: string;
}

/** Puts a contact and its account into the database. Returns its id. */
export async function contact(
  { sql }: Database,
  ref: string,
  { account = `${ref}-account`, name = ref, roles = ['owner'], addresses = [], locale }: GivenContact = {},
): Promise<number> {
  await sql`
    insert into account (ref, name, state, updated_at) values (${account}, ${`${account} Ltd`}, 'active', now()) on conflict do nothing`;
  const [row] = await sql<{ id: number }[]>`
    insert into contact (ref, account_id, name, roles, locale, updated_at)
    select ${ref}, id, ${name}, ${[...roles]}, ${locale ?? null}, now() from account where ref = ${account} returning id`;
  const id = (row as { id: number }).id;
  for (const address of addresses)
    await sql`insert into contact_address (contact_id, address) values (${id}, ${address})`;
  return id;
}

/** The code or the token for one channel, made as the client area makes it. */
export async function tokenFor(t: TestDesk, ref: string, channel: string, ticket?: number): Promise<string> {
  return tokenIn(await t.desk.api.makeLinkTokens(ref, ticket === undefined ? {} : { ticket }), channel);
}

/** The code, or the payload of the link, of a channel. */
export function tokenIn(made: LinkTokens, channel: string): string {
  if (!made.ok) throw new Error(made.why);
  const one = made.tokens.find(token => token.channel === channel);
  if (one === undefined) throw new Error(`there is no token for ${channel}`);
  return 'url' in one ? (one.url.split('start=')[1] ?? '') : one.code;
}

/** What an answer says. */
export function textOf(answer: Answer): string {
  return answer.type === 'say' ? answer.text : answer.type;
}
