import { type Act, type Context, transact } from '../context.ts';
import { fingerprint } from '../rules/index.ts';
import { PhrasebookError } from '../text/index.ts';
import type { DispatchState, NotificationType, Told } from './model.ts';
import { plan } from './plan.ts';
import type { PreferenceFault } from './preferences.ts';
import { meetAddresses, readDirect } from './read.ts';
import { audienceOf, typesByName } from './rules/types.ts';
import type { NotificationInput } from './schema.ts';
import { templateKey } from './tell.ts';

/** One delivery of a notification: where it was tried, and what came of it. */
export interface TriedDelivery {
  readonly channel: string;
  /** The mail address, or the name on the platform. */
  readonly name: string;
  readonly state: 'sending' | 'sent' | 'failed' | 'unknown';
  readonly why: string | null;
  readonly at: Date;
  readonly settledAt: Date | null;
}

/** What became of a notification for one contact. */
export interface ToldContact {
  readonly contact: string;
  readonly state: DispatchState;
  readonly why: string | null;
  /** When it goes, while it is planned or held. */
  readonly dueAt: Date | null;
  readonly deliveries: readonly TriedDelivery[];
}

/** A notification with what became of it. */
export interface NotificationView {
  readonly id: number;
  readonly key: string;
  readonly type: string;
  readonly urgent: boolean;
  readonly createdAt: Date;
  readonly recipients: readonly ToldContact[];
}

/** What came of posting one. `again`: the same was posted before under this key. */
export type NotificationPosted =
  | { readonly outcome: 'planned' | 'again'; readonly id: number }
  | { readonly outcome: 'other-body' }
  | { readonly outcome: 'refused'; readonly faults: readonly PreferenceFault[] };

/** Notifications as the provider's own programs work with them. */
export interface NotificationsApi {
  post(key: string, input: NotificationInput): Promise<NotificationPosted>;
  get(id: number): Promise<NotificationView | undefined>;
}

/** Notifications over a context. */
export function createNotifications(ctx: Context): NotificationsApi {
  return {
    post: (key, input) => transact(ctx, { type: 'system' }, act => post(act, key, input)),
    get: id => view(ctx, id),
  };
}

/** The row of the key is the lock: of two posts at once the second waits, and finds what the first has made. */
async function post(act: Act, key: string, input: NotificationInput): Promise<NotificationPosted> {
  const sha256 = fingerprint({ ...input, key: undefined });
  const before = await known(act, key, sha256);
  if (before !== undefined) return before;
  const type = typesByName[input.type];
  const contacts = await recipients(act, type, input.to);
  if (contacts.length === 0)
    return {
      outcome: 'refused',
      faults: [
        { path: ['to'], message: 'there is nobody: no such contact or account, or none with that role' },
      ],
    };
  const told = toldOf(input);
  await meetAddresses(
    act.tx,
    contacts.map(one => one.id),
    act.at,
  );
  for (const { id } of contacts) {
    const fault = await faultIn(act, id, type, told);
    if (fault !== undefined) return { outcome: 'refused', faults: [fault] };
  }
  const [made] = await act.tx<{ id: number }[]>`
    insert into notification (key, sha256, type, urgent, created_at) values (${key}, ${sha256}, ${input.type}, ${input.urgent}, ${act.at})
    on conflict (key) do nothing returning id`;
  if (made === undefined) return (await known(act, key, sha256)) ?? { outcome: 'other-body' };
  for (const { id } of contacts)
    await plan(
      act,
      { contactId: id, type, urgent: input.urgent, told, dueAt: act.at },
      { notificationId: made.id },
    );
  return { outcome: 'planned', id: made.id };
}

async function known(act: Act, key: string, sha256: Buffer): Promise<NotificationPosted | undefined> {
  const [row] = await act.tx<{ id: number; same: boolean }[]>`
    select id, sha256 = ${sha256} as same from notification where key = ${key}`;
  if (row === undefined) return undefined;
  return row.same ? { outcome: 'again', id: row.id } : { outcome: 'other-body' };
}

async function recipients(act: Act, type: NotificationType, to: NotificationInput['to']) {
  if ('contact' in to) return act.tx<{ id: number }[]>`select id from contact where ref = ${to.contact}`;
  const all = await act.tx<{ id: number; roles: string[] }[]>`
    select c.id, c.roles from contact c join account a on a.id = c.account_id where a.ref = ${to.account} order by c.id`;
  return audienceOf(type, to.role, all);
}

function toldOf({ template, variables, subject = '', text = '' }: NotificationInput): Told {
  return template === undefined ? { subject, text } : { template, args: variables };
}

/** It is said once before it is taken, in the contact's language: a template that is not there, or lacks a variable, is refused now. */
async function faultIn(
  act: Act,
  contactId: number,
  type: NotificationType,
  told: Told,
): Promise<PreferenceFault | undefined> {
  if (!('template' in told)) return undefined;
  const key = templateKey(told.template);
  if (told.template === 'plain' || !act.phrases.has(key) || !act.phrases.has(`${key}-subject`))
    return { path: ['template'], message: `there is no template "${told.template}" in the desk's words` };
  const contact = await readDirect(act, act.tx, contactId, type);
  try {
    for (const one of [key, `${key}-subject`]) act.phrases.say(contact?.locale, one, told.args);
    return undefined;
  } catch (error) {
    if (!(error instanceof PhrasebookError)) throw error;
    const missing = error.problems.flatMap(
      problem => /Unknown variable: \$([\w-]+)/.exec(problem)?.[1] ?? [],
    );
    return {
      path: ['variables'],
      message: `the template needs: ${[...new Set(missing)].join(', ') || 'other variables'}`,
    };
  }
}

async function view({ database: { sql } }: Context, id: number): Promise<NotificationView | undefined> {
  const [row] = await sql<Omit<NotificationView, 'recipients'>[]>`
    select id, key, type, urgent, created_at as "createdAt" from notification where id = ${id}`;
  if (row === undefined) return undefined;
  const rows = await sql<(Omit<ToldContact, 'deliveries'> & { id: number })[]>`
    select p.id, c.ref as contact, p.state, p.why, case when p.state in ('planned', 'held') then p.due_at end as "dueAt"
    from dispatch p join contact c on c.id = p.contact_id where p.notification_id = ${id} order by p.id`;
  const tried = await sql<(Omit<TriedDelivery, 'state'> & { dispatchId: number; state: string })[]>`
    select d.dispatch_id as "dispatchId", h.channel, case when h.channel = 'email' then h.external_id else coalesce(nullif(h.name, ''), h.external_id) end as name,
      d.state, d.error as why, d.created_at as at, d.settled_at as "settledAt"
    from delivery d join dispatch p on p.id = d.dispatch_id join place l on l.id = d.place_id join handle h on h.id = l.handle_id
    where p.notification_id = ${id} order by d.id`;
  const recipients = rows.map(({ id: dispatchId, ...told }) => ({
    ...told,
    deliveries: tried
      .filter(one => one.dispatchId === dispatchId)
      .map(({ dispatchId: _, state, ...one }) => ({ ...one, state: stateOf(state) })),
  }));
  return { ...row, recipients };
}

function stateOf(state: string): TriedDelivery['state'] {
  if (state === 'sent' || state === 'unknown') return state;
  return state === 'dead' || state === 'cancelled' ? 'failed' : 'sending';
}
