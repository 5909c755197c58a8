import { type ServerFound, whoseServer } from '../account/index.ts';
import type { Card } from '../channel/index.ts';
import type { Context } from '../context.ts';
import { literal, oneLine, plain } from '../text/index.ts';

/** Whose the ticket is and what it is about, as far as that is known. */
export interface OwnerRow {
  readonly facts: Readonly<Record<string, string>>;
  readonly account: (Named & { readonly tier: string | null; readonly state: string }) | null;
  readonly contact: (Named & { readonly roles: readonly string[] }) | null;
  readonly service:
    | (Named & {
        readonly kind: string;
        readonly orderNumber: string | null;
        readonly location: string | null;
        readonly rack: string | null;
        readonly state: string;
      })
    | null;
}

interface Named {
  readonly ref: string;
  readonly name: string;
}

/** The card's lines about the account, the contact and the service; and, for staff alone, that what was typed is not theirs. */
export async function ownerLines(ctx: Context, row: OwnerRow, locale: string): Promise<Card['lines']> {
  const { account, contact, service } = row;
  const line = (key: string, value: string) => ({
    label: plain(ctx.phrases.say(locale, key)),
    value: literal(oneLine(value, 300)),
  });
  const unless = (usual: string, state: string): string[] => (state === usual ? [] : [state.toUpperCase()]);
  return [
    ...(account === null
      ? []
      : [line('desk-account', listed([known(account), account.tier, ...unless('active', account.state)]))]),
    ...(contact === null ? [] : [line('desk-contact', listed([known(contact), ...contact.roles]))]),
    ...(service === null
      ? []
      : [line('desk-service', serviceWords(service, unless('active', service.state)))]),
    ...(await doubts(ctx, row, locale, line)),
  ];
}

const known = ({ name, ref }: Named): string => `${name} (${ref})`;
const listed = (parts: readonly (string | null)[]): string => parts.filter(part => part !== null).join(', ');

function serviceWords(service: NonNullable<OwnerRow['service']>, state: readonly string[]): string {
  const order = service.orderNumber === null ? null : `#${service.orderNumber}`;
  const place = [service.location, service.rack].filter(part => part !== null).join('/') || null;
  return listed([known(service), service.kind, order, place, ...state]);
}

/** A server that was typed and is not among the services of who asks: whose it is then. */
async function doubts(
  ctx: Context,
  { facts, account, service }: OwnerRow,
  locale: string,
  line: (key: string, value: string) => Card['lines'][number],
): Promise<Card['lines']> {
  const typed = facts.server ?? '';
  if (typed === '' || service !== null) return [];
  const found: ServerFound = await whoseServer(ctx.database.sql, typed);
  if (found === 'nothing known') return [];
  if (found === 'nobody')
    return [line('desk-service-check', plain(ctx.phrases.say(locale, 'desk-service-nobody', { typed })))];
  const args = { typed, service: known(found), account: known(found.account) };
  const own = found.account.ref === account?.ref;
  const key = account === null ? 'unproved' : own ? 'ended' : 'other';
  return [line('desk-service-check', plain(ctx.phrases.say(locale, `desk-service-${key}`, args)))];
}
