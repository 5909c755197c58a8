import type { SqlRunner } from '../../../drizzle/database.ts';

/** A person: a contact with all their identities, or one identity that is nobody's contact. */
export interface Person {
  /** How the operator names them: the contact's ref, or `channel:id`. */
  readonly ref: string;
  readonly contactId: number | null;
  readonly handleIds: readonly number[];
  /** One of the identities has acted as staff. */
  readonly isStaff: boolean;
}

/** `channel:id`, or `channel:space/id` where ids are unique in a space only. */
const HANDLE = /^([a-z][\w-]{0,39}):(?:([^/\s]{1,100})\/)?(\S{1,254})$/;

/** Finds a person by a contact's ref, or by one of their identities. Undefined when there is none, or the identity is in several spaces. */
export async function findPerson(run: SqlRunner, who: string): Promise<Person | undefined> {
  const [contact] = await run<{ id: number; ref: string }[]>`select id, ref from contact where ref = ${who}`;
  if (contact !== undefined) return ofContact(run, contact);
  const [, channel, space, externalId] = HANDLE.exec(who) ?? [];
  if (channel === undefined || externalId === undefined) return undefined;
  const handles = await run<{ id: number; contactId: number | null; ref: string | null; isStaff: boolean }[]>`
    select h.id, l.contact_id as "contactId", c.ref, h.staff_at is not null as "isStaff"
    from handle h left join link l on l.handle_id = h.id left join contact c on c.id = l.contact_id
    where h.channel = ${channel} and h.external_id = ${externalId} and h.space = coalesce(${space ?? null}, h.space)`;
  const [handle] = handles;
  if (handle === undefined || handles.length > 1) return undefined;
  if (handle.contactId !== null && handle.ref !== null)
    return ofContact(run, { id: handle.contactId, ref: handle.ref });
  return { ref: who, contactId: null, handleIds: [handle.id], isStaff: handle.isStaff };
}

/** Linked identities, and the addresses on file, or typed to be told something there, as far as they were written to and are nobody else's. */
async function ofContact(run: SqlRunner, { id, ref }: { id: number; ref: string }): Promise<Person> {
  const rows = await run<{ id: number; isStaff: boolean }[]>`
    select h.id, h.staff_at is not null as "isStaff" from handle h where h.id in (
      select handle_id from link where contact_id = ${id}
      union select m.id from handle m join contact_address a on m.channel = 'email' and m.space = '' and m.external_id = a.address
        where a.contact_id = ${id} and not exists (
          select from contact_address other where other.address = a.address and other.contact_id <> ${id})
      union select m.id from handle m join (select handle_id from confirmed_address where contact_id = ${id}
          union select handle_id from confirmation where contact_id = ${id}) typed on typed.handle_id = m.id
        where m.staff_at is null and not exists (select from contact_address other where other.address = m.external_id and other.contact_id <> ${id})
          and not exists (select from confirmed_address other where other.handle_id = m.id and other.contact_id <> ${id}))
    order by h.id`;
  const isStaff = rows.some(row => row.isStaff);
  return { ref, contactId: id, handleIds: rows.map(row => row.id), isStaff };
}
