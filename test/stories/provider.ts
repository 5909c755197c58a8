import { expect } from 'vitest';
import { noticeBodySchema } from '../../src/core/index.ts';
import type { Person } from '../../src/simulator/model.ts';
import type { World } from '../harness/world.ts';

/** What is known of a customer, beside their name. */
export interface Known {
  readonly language?: string | null;
  readonly zone?: string | null;
  /** Empty for none; by default one with the name. */
  readonly addresses?: string[];
  readonly order?: string;
  readonly networks?: string[];
  readonly rack?: string;
  /** Somebody whom the desk has heard of: they have proved that they are the contact. */
  readonly as?: Person;
}

/** A customer of the provider, with a server in WAW1 that is called "Shop of" them. */
export async function rents(world: World, name: string, known: Known = {}): Promise<void> {
  const { language = 'en', zone = 'Europe/Warsaw', addresses = [`${name}@example.com`], as } = known;
  const none = { language: null, time_zone: null };
  const [put] = await world.desk.api.accounts.put([
    {
      ref: `A-${name}`,
      name: `${name} Ltd`,
      tier: null,
      language,
      time_zone: zone,
      state: 'active',
      contacts: [{ ref: `c-${name}`, name, roles: ['technical'], addresses, ...none }],
      services: [
        {
          ref: `s-${name}`,
          name: `Shop of ${name}`,
          kind: 'vps',
          order_number: known.order ?? null,
          networks: known.networks ?? [],
          location: 'WAW1',
          rack: known.rack ?? null,
          state: 'active',
        },
      ],
    },
  ]);
  expect(put?.change).not.toBe('refused');
  if (as === undefined) return;
  const linked = await world.database.sql`
    insert into link (handle_id, contact_id, how, linked_at, proved_at)
    select h.id, c.id, 'client-area', ${world.now()}, ${world.now()} from handle h, contact c
    where h.channel = ${as.platform} and h.external_id = ${as.id} and c.ref = ${`c-${name}`}`;
  expect(linked.count, `the desk has heard of ${as.name} on ${as.platform}`).toBe(1);
}

/** The provider's program announces work on a switch in WAW1 in two days, for an hour. Returns its number. */
export async function announcesSwitch(world: World): Promise<number> {
  const from = world.now().getTime() + 48 * 3_600_000;
  const input = noticeBodySchema.parse({
    kind: 'maintenance',
    title: { en: 'New switch' },
    text: { en: 'We replace a switch.' },
    objects: [{ type: 'location', value: 'WAW1', impact: 'outage' }],
    windows: [{ from: new Date(from).toISOString(), to: new Date(from + 3_600_000).toISOString() }],
  });
  const made = await world.desk.api.notices.draft('switch', input);
  if (!('notice' in made)) throw new Error(JSON.stringify(made));
  await world.desk.api.notices.confirm(made.notice.id, made.notice.edition);
  return made.notice.id;
}

/** Somebody has asked something before, so that the desk knows who is linked. */
export async function isKnown(person: Person): Promise<Person> {
  await person.says(person.platform === 'telegram' ? '/tickets' : '/ticket list');
  await person.sees(/You have no tickets|Nie masz żadnych zgłoszeń/);
  return person;
}

/** Somebody of the staff opens a form of `/notice`, fills it, and sees what would go out. */
export async function writesNotice(
  who: Person,
  command: string,
  where: string,
  values: Record<string, string>,
): Promise<void> {
  await who.says(command, where);
  await who.watches(({ modal }) => modal !== null, 'the form');
  await who.fills(values);
  await who.submits();
  await who.sees('Nothing has been sent yet.');
}

/** Presses the button under it, in the window where there is one, and sees what came of it. */
export async function sendsNotice(who: Person, where: string, answer = 'is on its way'): Promise<void> {
  const inWindow = who.screen().modal !== null;
  await who.presses('Send it', inWindow ? undefined : where);
  if (!inWindow) return void (await who.sees(answer));
  await who.watches(({ modal }) => JSON.stringify(modal).includes(answer), answer);
  while (who.screen().modal !== null) await who.dismisses();
}
