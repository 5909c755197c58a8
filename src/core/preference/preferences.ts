import { type Act, type Context, transact } from '../context.ts';
import { Refusal } from '../errors.ts';
import { plain } from '../text/index.ts';
import { addDestination, lockContact, setWishes, writeRoute } from './change.ts';
import { isConfirmed, mailHandle, sendCode } from './confirm.ts';
import { type NotificationType, notificationTypes, type Preferences } from './model.ts';
import { meetAddresses, readPreferences } from './read.ts';
import { isRefusable } from './rules/types.ts';
import type { PreferencesInput } from './schema.ts';

/** What is wrong with a put, and where. */
export interface PreferenceFault {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** What came of a put: the preferences as they are now, or what is wrong, with nothing changed. */
export type PreferencesPut =
  | { readonly ok: true; readonly preferences: Preferences }
  | { readonly ok: false; readonly faults: readonly PreferenceFault[] };

/** Preferences as the provider's own programs work on them, by the contact's ref. Undefined when there is no such contact. */
export interface PreferencesApi {
  get(ref: string): Promise<Preferences | undefined>;
  put(ref: string, input: PreferencesInput): Promise<PreferencesPut | undefined>;
}

/** Something in a put cannot be: all of it is undone. */
class Faulty extends Error {
  readonly faults: readonly PreferenceFault[];
  constructor(faults: readonly PreferenceFault[]) {
    super('faulty');
    this.faults = faults;
  }
}

/** Preferences over a context. */
export function createPreferences(ctx: Context): PreferencesApi {
  return {
    get: ref => system(ctx, act => read(act, ref)),
    put: (ref, input) =>
      system(ctx, async act => {
        const before = await read(act, ref);
        if (before === undefined) return undefined;
        await lockContact(act, before.contactId);
        await put(act, before, input);
        const preferences = await readPreferences(act, act.tx, before.contactId);
        return preferences && ({ ok: true, preferences } as const);
      }).catch((error: unknown) => {
        if (error instanceof Faulty) return { ok: false, faults: error.faults } as const;
        if (error instanceof Refusal) return { ok: false, faults: [refused(ctx, error)] } as const;
        throw error;
      }),
  };
}

const refused = (ctx: Context, { code, args }: Refusal): PreferenceFault => ({
  path: ['types'],
  message: plain(ctx.phrases.say('en', code, args)),
});

const system = <T>(ctx: Context, work: (act: Act) => Promise<T>): Promise<T> =>
  transact(ctx, { type: 'system' }, work);

async function read(act: Act, ref: string): Promise<Preferences | undefined> {
  const [row] = await act.tx<{ id: number }[]>`select id from contact where ref = ${ref}`;
  if (row === undefined) return undefined;
  await meetAddresses(act.tx, [row.id], act.at);
  return readPreferences(act, act.tx, row.id);
}

async function put(act: Act, before: Preferences, input: PreferencesInput): Promise<void> {
  const { language, time_zone: zone, quiet_hours: quiet, calendar_invitations: invites, types = {} } = input;
  const { contactId } = before;
  if ([language, zone, quiet, invites].some(one => one !== undefined))
    await setWishes(act, contactId, { locale: language, zone, quiet, invites });
  const faults: PreferenceFault[] = [];
  for (const type of notificationTypes) {
    const wanted = types[type];
    if (wanted === null) await act.tx`delete from route where contact_id = ${contactId} and type = ${type}`;
    else if (wanted !== undefined) faults.push(...(await putRoute(act, before, type, wanted.destinations)));
  }
  if (faults.length > 0) throw new Faulty(faults);
}

type Wanted = NonNullable<NonNullable<PreferencesInput['types']>[NotificationType]>['destinations'];

/** New addresses get their code; a chat must be linked, and one of somebody else is refused word for word as one that is not there. */
async function putRoute(
  act: Act,
  { contactId }: Preferences,
  type: NotificationType,
  wanted: Wanted,
): Promise<PreferenceFault[]> {
  const path = ['types', type, 'destinations'];
  if (wanted.length === 0 && !isRefusable(type))
    return [
      {
        path,
        message: 'is empty, and these must arrive somewhere: name a place, or send null for the defaults',
      },
    ];
  const handles: number[] = [];
  for (const [index, one] of wanted.entries()) {
    const handle =
      'mail' in one ? await addressFor(act, contactId, one.mail) : await chatOf(act, contactId, one.identity);
    if (handle === undefined)
      return [{ path: [...path, index], message: 'is no chat that is linked to this contact' }];
    if (handles.includes(handle)) return [{ path: [...path, index], message: 'is there twice' }];
    handles.push(handle);
  }
  await writeRoute(act, contactId, type, handles);
  return [];
}

async function chatOf(act: Act, contactId: number, handleId: number): Promise<number | undefined> {
  const rows = await act.tx`
    select from link where handle_id = ${handleId} and contact_id = ${contactId}`;
  return rows.count === 0 ? undefined : handleId;
}

/** The handle of an address; one that is to be confirmed, and waits for no code, gets one. */
async function addressFor(act: Act, contactId: number, address: string): Promise<number> {
  const handleId = await mailHandle(act, address);
  if (await isConfirmed(act, contactId, handleId)) return handleId;
  const [waiting] = await act.tx`
    select from confirmation where contact_id = ${contactId} and handle_id = ${handleId} and used_at is null and expires_at > ${act.at}`;
  if (waiting === undefined) await sendCode(act, contactId, handleId);
  return handleId;
}

/** A person adds an address of their own, ahead of the others. False when it is to be confirmed first; then it gets its code. */
export async function addAddress(
  act: Act,
  contactId: number,
  type: NotificationType,
  address: string,
): Promise<boolean> {
  const handleId = await addressFor(act, contactId, address);
  await addDestination(act, contactId, type, handleId);
  return isConfirmed(act, contactId, handleId);
}
