import { type NoticeInput, type NoticeView, noticeBodySchema } from '../../../src/core/index.ts';
import type { TestDesk } from '../../harness/desk.ts';
import { eachTold, settled, startTold, type Told } from '../preference/kit.ts';

/** A service of an account, as a test needs it. */
export interface Rented {
  readonly ref: string;
  readonly location?: string;
  readonly rack?: string;
  readonly kind?: string;
  readonly order?: string;
  readonly networks?: string[];
}

/** An account with what it rents and who is told. */
export async function bring(
  t: TestDesk,
  ref: string,
  services: readonly Rented[],
  contacts: readonly {
    ref: string;
    roles?: string[];
    addresses?: string[];
    language?: string;
    zone?: string;
  }[] = [{ ref: `${ref}-c`, addresses: [`${ref.toLowerCase()}@example.com`] }],
): Promise<void> {
  const [put] = await t.desk.api.accounts.put([
    {
      ref,
      name: `Account ${ref}`,
      tier: null,
      language: 'en',
      time_zone: 'Europe/Warsaw',
      state: 'active',
      services: services.map(one => ({
        ref: one.ref,
        name: `Service ${one.ref}`,
        kind: one.kind ?? 'vps',
        order_number: one.order ?? null,
        networks: one.networks ?? [],
        location: one.location ?? null,
        rack: one.rack ?? null,
        state: 'active' as const,
      })),
      contacts: contacts.map(one => ({
        ref: one.ref,
        name: one.ref,
        roles: (one.roles ?? ['technical']) as 'technical'[],
        addresses: one.addresses ?? [],
        language: one.language ?? null,
        time_zone: one.zone ?? null,
      })),
    },
  ]);
  if (put === undefined || put.change === 'refused') throw new Error(`refused: ${JSON.stringify(put)}`);
}

/** Maintenance in WAW1 in two days, two hours long, by the clock of the test desk. */
export function maintenance(t: TestDesk, more: Partial<Record<string, unknown>> = {}): NoticeInput {
  const from = new Date(Math.ceil(t.clock.now().getTime() / 3_600_000) * 3_600_000 + 48 * 3_600_000);
  return noticeBodySchema.parse({
    kind: 'maintenance',
    title: { en: 'New switch', pl: 'Nowy przełącznik' },
    text: { en: 'We replace a switch.', pl: 'Wymieniamy przełącznik.' },
    objects: [{ type: 'location', value: 'WAW1', impact: 'outage' }],
    windows: [{ from: from.toISOString(), to: new Date(from.getTime() + 7_200_000).toISOString() }],
    ...more,
  });
}

/** An outage in WAW1. */
export function outage(more: Partial<Record<string, unknown>> = {}): NoticeInput {
  return noticeBodySchema.parse({
    kind: 'outage',
    title: { en: 'Power' },
    text: { en: 'A feed is down.' },
    objects: [{ type: 'location', value: 'WAW1' }],
    ...more,
  });
}

/** Drafts a notice. */
export async function drafted(t: TestDesk, input: NoticeInput, key = 'k-1'): Promise<number> {
  const made = await t.desk.api.notices.draft(key, input);
  if (!('notice' in made)) throw new Error(`refused: ${JSON.stringify(made)}`);
  return made.notice.id;
}

/** A notice as it is kept. */
export async function view(t: TestDesk, id: number): Promise<NoticeView> {
  const found = await t.desk.api.notices.get(id);
  if (found === undefined) throw new Error('there is no such notice');
  return found;
}

/** Confirms what is prepared. */
export async function confirmed(t: TestDesk, id: number): Promise<void> {
  const { edition } = await view(t, id);
  const done = await t.desk.api.notices.confirm(id, edition);
  if (done?.outcome !== 'confirmed') throw new Error(`not confirmed: ${JSON.stringify(done)}`);
}

type Change = Omit<Parameters<TestDesk['desk']['api']['notices']['prepare']>[2], 'edition'>;

/** Prepares something and confirms it. */
export async function does(
  t: TestDesk,
  id: number,
  move: Parameters<TestDesk['desk']['api']['notices']['prepare']>[1],
  change: Change = {},
): Promise<void> {
  const { edition } = await view(t, id);
  const made = await t.desk.api.notices.prepare(id, move, { edition, ...change });
  if (made?.outcome !== 'prepared') throw new Error(`not prepared: ${JSON.stringify(made)}`);
  await confirmed(t, id);
}

/** Drafts, confirms and sends. */
export async function announced(t: TestDesk, input: NoticeInput): Promise<number> {
  const id = await drafted(t, input);
  await confirmed(t, id);
  await settled(t);
  return id;
}

/** The windows of `maintenance`, a day later. */
export function aDayLater(t: TestDesk): { from: string; to: string }[] {
  const later = (iso: string): string => new Date(Date.parse(iso) + 86_400_000).toISOString();
  return maintenance(t).windows.map(({ from, to }) => ({ from: later(from), to: later(to) }));
}

export { eachTold, settled, startTold, type Told };
