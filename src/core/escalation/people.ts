import type { SqlRunner } from '../../../drizzle/database.ts';
import type { Handle } from '../actor.ts';
import type { Context } from '../context.ts';
import { type PageWay, type PersonPolicy, pageWays } from '../policy/index.ts';
import { MAIL } from '../preference/index.ts';
import { oneLine } from '../text/index.ts';
import { deskChannels } from '../ticket/index.ts';
import type { Person, PersonKey } from './model.ts';
import { spotsOf } from './rules/spots.ts';

/** Who of the staff a handle is. */
export function personOf({ policy }: Context, { id, channel, externalId }: Handle): PersonKey {
  return policy.people.find(one => one.reach[channel] === externalId)?.id ?? `@${id}`;
}

interface DutyRow {
  readonly person: string;
  readonly onDuty: boolean;
  readonly ways: readonly PageWay[] | null;
}

interface HandleRow {
  readonly id: number;
  readonly channel: string;
  readonly externalId: string;
  readonly name: string;
  readonly locale: string | null;
}

/** Those people as they can be reached now; whoever is in the policy no more, or never was, is left out. */
export async function readPeople(
  ctx: Context,
  run: SqlRunner,
  keys: readonly PersonKey[],
): Promise<Person[]> {
  if (keys.length === 0) return [];
  const rows = await run<DutyRow[]>`
    select person, on_duty as "onDuty", ways from duty where person = any(${[...keys]}::text[])`;
  const said = new Map(rows.map(row => [row.person, row]));
  const ids = keys.filter(key => key.startsWith('@')).map(key => Number(key.slice(1)));
  const handles = await run<HandleRow[]>`
    select id, channel, external_id as "externalId", name, locale from handle where id = any(${ids}::bigint[]) and staff_at is not null`;
  return keys.flatMap(key => {
    const listed = ctx.policy.people.find(one => one.id === key);
    if (listed !== undefined) return [listedPerson(ctx, listed, said.get(key))];
    const handle = handles.find(one => `@${one.id}` === key);
    return handle === undefined ? [] : [unlistedPerson(ctx, handle, said.get(key))];
  });
}

function listedPerson(ctx: Context, one: PersonPolicy, duty: DutyRow | undefined): Person {
  return {
    key: one.id,
    name: one.name,
    locale: ctx.phrases.match(one.language ?? ctx.policy.staff.language),
    onDuty: duty?.onDuty ?? true,
    spots: spotsFor(ctx, one.reach, duty?.ways ?? one.ways ?? pageWays),
    reach: one.reach,
  };
}

function unlistedPerson(ctx: Context, one: HandleRow, duty: DutyRow | undefined): Person {
  const reach = { [one.channel]: one.externalId };
  return {
    key: `@${one.id}`,
    name: oneLine(one.name || one.externalId, 60),
    locale: ctx.phrases.match(one.locale ?? ctx.policy.staff.language),
    onDuty: duty?.onDuty ?? false,
    spots: spotsFor(ctx, reach, duty?.ways ?? pageWays),
    reach,
  };
}

function spotsFor(ctx: Context, reach: Person['reach'], ways: readonly PageWay[]): Person['spots'] {
  const all = [...ctx.channels.values()];
  return spotsOf(ways, {
    channels: Object.keys(reach).filter(channel => ctx.channels.has(channel)),
    chats: all.filter(one => one.openChat !== undefined).map(one => one.kind),
    desks: deskChannels(ctx),
    mail: MAIL,
  });
}

/** Everybody who has said that they are on duty, whether the policy names them or not; those who said so last stand first. */
export async function onDutyNow(ctx: Context, run: SqlRunner): Promise<Person[]> {
  return readPeople(ctx, run, await keysOnDuty(run));
}

/** The same, as their ids. */
export async function keysOnDuty(run: SqlRunner): Promise<PersonKey[]> {
  const rows = await run<
    { person: string }[]
  >`select person from duty where on_duty order by since desc, person`;
  return rows.map(({ person }) => person);
}

/** The handles of whoever a handle is: one on each platform on which the policy knows them. */
export async function handlesOf(ctx: Context, run: SqlRunner, who: Handle): Promise<readonly number[]> {
  const reach = ctx.policy.people.find(one => one.id === personOf(ctx, who))?.reach ?? {};
  const rows = await run<{ id: number }[]>`
    select h.id from handle h join jsonb_each_text(${JSON.stringify(reach)}::jsonb) r on r.key = h.channel and r.value = h.external_id`;
  return [who.id, ...rows.map(({ id }) => id)];
}
