import type { Act } from '../context.ts';
import { fingerprint } from '../rules/index.ts';
import { matchingNobody } from './hits.ts';
import type {
  NoticeContent,
  NoticeFault,
  NoticeKind,
  NoticeMove,
  NoticeRow,
  NoticeState,
  Prepared,
} from './model.ts';
import { lockNotice, readContent, readNotice } from './read.ts';
import { faultsIn, inOrder } from './rules/check.ts';
import { stateAfter } from './rules/lifecycle.ts';
import { readValue } from './rules/object.ts';
import { isSharedSame } from './rules/parts.ts';

/** What came of preparing something. `again`: the very same was prepared before; `changed`: somebody was quicker, and nothing was done. */
export type NoticePrepared =
  | { readonly outcome: 'prepared' | 'again'; readonly notice: NoticeRow }
  | { readonly outcome: 'changed'; readonly notice: NoticeRow }
  | { readonly outcome: 'refused'; readonly faults: readonly NoticeFault[] }
  | { readonly outcome: 'other-body' };

/** A notice as it is to be announced. */
export type NoticeDraft = NoticeContent & {
  readonly key?: string | undefined;
  readonly kind: NoticeKind;
  readonly state?: NoticeState | undefined;
};

/** What is to be different next time, with the edition that was seen. */
export type NoticeNext = { readonly [K in keyof NoticeContent]?: NoticeContent[K] | undefined } & {
  readonly edition: number;
  readonly state?: NoticeState | undefined;
};

/** Drafts a notice; nobody is told anything. Under one key it is drafted once. */
export async function draftNotice(act: Act, key: string, input: NoticeDraft): Promise<NoticePrepared> {
  const { kind, state: wanted, key: _, ...given } = input;
  const sha256 = fingerprint({ ...input, key: undefined });
  const before = await known(act, key, sha256);
  if (before !== undefined) return before;
  const ready = await readied(act, { kind, state: 'draft' }, 'announce', wanted, given);
  if ('faults' in ready) return { outcome: 'refused', faults: ready.faults };
  const [made] = await act.tx<{ id: number }[]>`
    insert into notice (key, sha256, kind, state, revision, edition, prepared, created_at, updated_at)
    values (${key}, ${sha256}, ${kind}, 'draft', 0, 1, ${JSON.stringify(ready.prepared)}::jsonb, ${act.at}, ${act.at})
    on conflict (key) do nothing returning id`;
  if (made === undefined) return (await known(act, key, sha256)) ?? { outcome: 'other-body' };
  return { outcome: 'prepared', notice: await there(act, made.id) };
}

/**
 * Prepares what a notice is to say next; nobody is told anything before it is confirmed. What was prepared before is replaced, by whoever
 * has seen it. Undefined when there is no such notice.
 */
export async function prepareNotice(
  act: Act,
  id: number,
  move: NoticeMove,
  { edition, state: wanted, ...change }: NoticeNext,
): Promise<NoticePrepared | undefined> {
  const notice = await lockNotice(act, id);
  if (notice === undefined) return undefined;
  const sent = await readContent(act.tx, id, notice.revision);
  const base = move === 'announce' ? notice.prepared?.content : sent;
  // What was never announced is only withdrawn: it has nothing to begin from but its draft.
  const from = base ?? notice.prepared?.content;
  if (from === undefined) return { outcome: 'changed', notice };
  const ready = await readied(act, notice, move, wanted, merged(from, move, change), sent);
  const isSame = (one: Prepared): boolean =>
    notice.prepared !== null && fingerprint(one).equals(fingerprint(notice.prepared));
  if (edition !== notice.edition) {
    const again = edition === notice.edition - 1 && 'prepared' in ready && isSame(ready.prepared);
    return { outcome: again ? 'again' : 'changed', notice };
  }
  if ('faults' in ready) return { outcome: 'refused', faults: ready.faults };
  await act.tx`
    update notice set prepared = ${JSON.stringify(ready.prepared)}::jsonb, edition = edition + 1, updated_at = ${act.at} where id = ${id}`;
  return { outcome: 'prepared', notice: await there(act, id) };
}

/** Takes back what was prepared and not confirmed, of a notice of which something was sent. Undefined when there is nothing to take back. */
export async function unprepareNotice(act: Act, id: number): Promise<NoticeRow | undefined> {
  const notice = await lockNotice(act, id);
  if (notice === undefined || notice.prepared === null || notice.revision === 0) return undefined;
  await act.tx`
    update notice set prepared = null, edition = edition + 1, updated_at = ${act.at} where id = ${id}`;
  return there(act, id);
}

async function known(act: Act, key: string, sha256: Buffer): Promise<NoticePrepared | undefined> {
  const [row] = await act.tx<{ id: number; same: boolean }[]>`
    select id, sha256 = ${sha256} as same from notice where key = ${key}`;
  if (row === undefined) return undefined;
  return row.same ? { outcome: 'again', notice: await there(act, row.id) } : { outcome: 'other-body' };
}

async function there(act: Act, id: number): Promise<NoticeRow> {
  const notice = await readNotice(act.tx, id);
  if (notice === undefined) throw new Error('a notice is gone');
  return notice;
}

type Change = Omit<NoticeNext, 'edition' | 'state'>;

/** What is not said anew stays; but a text is said once. */
function merged(from: NoticeContent, move: NoticeMove, change: Change): NoticeContent {
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  return { ...from, text: move === 'announce' ? from.text : {}, ...given };
}

/** Checked, in order, and with where it leads to. */
async function readied(
  act: Act,
  { kind, state }: Pick<NoticeRow, 'kind' | 'state'>,
  move: NoticeMove,
  wanted: NoticeState | undefined,
  given: NoticeContent,
  sent?: NoticeContent,
): Promise<{ readonly prepared: Prepared } | { readonly faults: readonly NoticeFault[] }> {
  const ordered = inOrder(given);
  // Work that goes on is not longer for everybody because one account has another time.
  const isTheirs = move === 'reschedule' && state === 'running' && sent && isSharedSame(sent, ordered);
  const next = stateAfter(kind, state, move, wanted ?? (isTheirs ? state : undefined));
  if (next === undefined) {
    const code = stateAfter(kind, state, move) === undefined ? 'move' : 'state';
    return { faults: [{ path: code === 'state' ? ['state'] : [], code, args: { state } }] };
  }
  const { content, faults } = read(ordered);
  // What is over, or will not be, needs neither a time to come nor a text.
  const isLast = move === 'cancel' || move === 'resolve';
  const all = isLast ? faults : [...faults, ...faultsIn(kind, state, content, act.at, sent)];
  const real = move === 'reschedule' ? all.filter(({ code }) => code !== 'no-text') : all;
  if (real.length > 0) return { faults: real };
  const nobody = isLast ? [] : await matchingNobody(act.tx, content.objects);
  if (nobody.length > 0)
    return {
      faults: nobody.map(index => ({
        path: ['objects', index],
        code: 'object-nobody',
        args: { value: content.objects[index]?.value || 'all' },
      })),
    };
  return { prepared: { move, state: next, content } };
}

function read(given: NoticeContent): { readonly content: NoticeContent; readonly faults: NoticeFault[] } {
  const faults: NoticeFault[] = [];
  const objects = given.objects.map((one, index) => {
    const reading = readValue(one.type, one.value);
    if ('value' in reading) return { ...one, value: reading.value };
    faults.push({ path: ['objects', index, 'value'], code: reading.code });
    return one;
  });
  return { content: { ...given, objects }, faults };
}
