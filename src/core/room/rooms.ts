import type { Database } from '../../../drizzle/database.ts';
import type { ChannelKind } from '../channel/index.ts';
import type { Line, Room, Rooms } from './model.ts';

/**
 * Whoever writes is told of for so long, in ms, and what they go on to write in that time is written down no more: platforms tell of it every few
 * seconds, for each who writes.
 */
const WRITING_MS = 5_000;

/** The rooms of a channel, in the desk's database. Every method rejects when that does not answer. */
export function createRooms({ sql }: Database, channel: ChannelKind, now: () => Date): Rooms {
  const room = sql`id, address, tail, seen`;
  const lines = sql`l.ref, l.seq, l.ours, l.key, l.body, l.at`;
  const here = (address: string) => sql`channel = ${channel} and address = ${address}`;
  const since = (ms: number): Date => new Date(now().getTime() - ms);
  const rooms: Rooms = {
    async make(address, secret) {
      await sql`
        insert into room (channel, address, secret, made_at, used_at)
        values (${channel}, ${address}, ${secret ?? null}, ${now()}, ${now()}) on conflict do nothing`;
      const [made] = await sql<Room[]>`
        select ${room} from room where ${here(address)} and secret is not distinct from ${secret ?? null}`;
      return made;
    },
    async opened(secret) {
      const [found] = await sql<
        Room[]
      >`select ${room} from room where secret = ${secret} and channel = ${channel}`;
      return found;
    },
    async at(address) {
      const [found] = await sql<Room[]>`select ${room} from room where ${here(address)}`;
      return found;
    },
    async add(address, { ours, key, body }) {
      const isAnswer = ours && body !== null && body.automatic !== true;
      // The lock on the room is held to the end of the statement, so its lines are committed in the order of their seq.
      const [added] = await sql<Line[]>`
        with turn as (
          update room set tail = tail + 1, used_at = ${now()}, writing_at = case when ${isAnswer} then null else writing_at end
          where ${here(address)} and not exists (
            select from line where room_id = room.id and ours = ${ours} and key = ${key})
          returning id, tail
        )
        insert into line as l (room_id, ref, seq, ours, key, body, at)
        select id, tail, tail, ${ours}, ${key}, ${JSON.stringify(body)}::jsonb, ${now()} from turn
        on conflict (room_id, ours, key) do nothing returning ${lines}`;
      if (added !== undefined) return { ...added, isNew: true };
      const [known] = await sql<Line[]>`
        select ${lines} from line l join room r on r.id = l.room_id
        where r.channel = ${channel} and r.address = ${address} and l.ours = ${ours} and l.key = ${key}`;
      return known && { ...known, isNew: false };
    },
    async change(address, ref, body) {
      const [changed] = await sql<Line[]>`
        with turn as (
          update room set tail = tail + 1, used_at = ${now()} where ${here(address)} and exists (
            select from line where room_id = room.id and ref = ${ref} and ours and body is not null)
          returning id, tail
        )
        update line l set seq = turn.tail, body = ${body === null ? null : JSON.stringify(body)}::jsonb from turn
        where l.room_id = turn.id and l.ref = ${ref} returning ${lines}`;
      return changed;
    },
    async find(address, key) {
      const [found] = await sql<Line[]>`
        select ${lines} from line l join room r on r.id = l.room_id
        where r.channel = ${channel} and r.address = ${address} and l.ours and l.key = ${key}`;
      return found;
    },
    after: (id, seq, limit) => sql<Line[]>`
      select ${lines} from line l where room_id = ${id} and seq > ${seq} order by seq limit ${limit}`,
    news: (asked, limit) => sql<(Line & { room: number })[]>`
      select a.id as room, l.* from unnest(${asked.map(({ id }) => id)}::bigint[], ${asked.map(({ after }) => after)}::bigint[]) as a (id, after)
      cross join lateral (select ${lines} from line l where l.room_id = a.id and l.seq > a.after order by l.seq limit ${limit}) l
      order by a.id, l.seq limit ${limit}`,
    async write(address) {
      const [begun] = await sql<{ at: Date }[]>`
        update room set writing_at = ${now()} where ${here(address)} and (writing_at is null or writing_at <= ${since(WRITING_MS)})
        returning writing_at as at`;
      return begun?.at;
    },
    writing: ids => sql<{ room: number; at: Date }[]>`
      select id as room, writing_at as at from room where id = any(${[...ids]}::bigint[]) and writing_at > ${since(WRITING_MS)}`,
    async read(id, seq) {
      await sql`update room set seen = least(${seq}, tail), used_at = ${now()} where id = ${id} and seen < least(${seq}, tail)`;
    },
    async hasRead(address, ref) {
      const rows = await sql`select from room where ${here(address)} and seen >= ${ref}`;
      return rows.count > 0;
    },
  };
  return rooms;
}
