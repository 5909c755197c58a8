import { afterEach, beforeEach } from 'vitest';
import type { Policy } from '../../../src/core/index.ts';
import { type ScriptedChannel, scriptedChannel } from '../../harness/channel.ts';
import { type TestDesk, testDesk, testPolicy } from '../../harness/desk.ts';
import { settleAll } from '../../harness/flow.ts';

/** A desk with a mail channel, a chat with a place for each ticket, a chat that all tickets share, and a staff forum. */
export interface Told {
  readonly t: TestDesk;
  readonly mail: ScriptedChannel;
  readonly chat: ScriptedChannel;
  readonly talk: ScriptedChannel;
  readonly forum: ScriptedChannel;
  readonly channels: readonly ScriptedChannel[];
}

/** Starts one; `policy` makes another policy of the tests' own. */
export async function startTold(policy: (own: Policy) => Policy = own => own): Promise<Told> {
  const files = { count: 10, bytes: 1_000_000 };
  const mail = scriptedChannel('email', {
    subject: 150,
    forms: 'none',
    files,
    without: ['edit', 'remove', 'echo'],
  });
  const chat = scriptedChannel('chat');
  const talk = scriptedChannel('talk', { places: 'shared', forms: 'none' });
  const forum = scriptedChannel('forum', { desk: true });
  const channels = [mail, chat, talk, forum];
  const t = await testDesk(channels, policy(testPolicy(['forum'])));
  return { t, mail, chat, talk, forum, channels };
}

/** One for each test of a file, the same object each time; called at the top of the file. */
export function eachTold(start: () => Promise<Told> = startTold): Told {
  const told = {} as Told;
  beforeEach(async () => void Object.assign(told, await start()));
  afterEach(() => told.t.close());
  return told;
}

/** An account with contacts, as the billing system brings it. */
export async function bringAccount(
  t: TestDesk,
  contacts: readonly { readonly ref: string; readonly roles: string[]; readonly addresses: string[] }[] = [
    { ref: 'c-1', roles: ['owner'], addresses: ['ana@acme.example'] },
  ],
  more: { readonly ref?: string; readonly language?: string } = {},
): Promise<void> {
  const { ref = 'A-1', language = 'en' } = more;
  const account = {
    ref,
    name: 'Acme',
    tier: null,
    language,
    time_zone: 'Europe/Warsaw',
    state: 'active' as const,
    services: [],
    contacts: contacts.map(one => ({
      ...one,
      name: one.ref,
      roles: one.roles as ('owner' | 'technical' | 'billing' | 'abuse')[],
      language: null,
      time_zone: null,
    })),
  };
  const [put] = await t.desk.api.accounts.put([account]);
  if (put?.change !== 'created') throw new Error(`the account was not created: ${JSON.stringify(put)}`);
}

/** Links somebody on a channel to a contact, as a proof does. */
export async function linkTo(t: TestDesk, channel: string, who: string, contact = 'c-1'): Promise<number> {
  const [row] = await t.database.sql<{ id: number }[]>`
    with h as (
      insert into handle (channel, space, external_id, name, locale, seen_at) values (${channel}, 's', ${who}, ${who}, 'en', ${t.clock.now()})
      on conflict (channel, space, external_id) do update set seen_at = excluded.seen_at returning id
    ), l as (
      insert into link (handle_id, contact_id, how, linked_at, proved_at)
      select h.id, c.id, 'client-area', ${t.clock.now()}, ${t.clock.now()} from h, contact c where c.ref = ${contact}
      on conflict (handle_id) do update set contact_id = excluded.contact_id
    ) select id from h`;
  return (row as { id: number }).id;
}

/** Lets the desk work until nothing is due, dispatches included. */
export async function settled(t: TestDesk): Promise<void> {
  for (let turn = 0; turn < 40; turn++) {
    await settleAll(t);
    const left = await t.database.sql`
      select from dispatch p where (state in ('planned', 'held') and due_at <= ${t.clock.now()}) or (state = 'trying' and lead_id is null and due_at <= ${t.clock.now()}
        and not exists (select from delivery d where d.dispatch_id = p.id and d.state in ('pending', 'sending', 'retry')))`;
    if (left.count === 0) return;
  }
  throw new Error('the dispatches do not come to rest');
}

/** What a mail channel was asked to send, as `address: text`. */
export function mails(mail: ScriptedChannel): string[] {
  return mail.calls.map(call => `${call.to}: ${call.text}`);
}

/** Whose mailboxes got something, as often as they did; in no order, since of many who are told nobody is first. */
export const mailedTo = (mail: ScriptedChannel): string[] => mail.calls.map(({ to }) => to).toSorted();
