import { type NoticeKind, type NoticeMove, type NoticeState, noticeStates } from '../model.ts';

/** What the clock does by itself, where it was asked to. */
export type ClockMove = 'start' | 'finish';

/** Where each move may lead to from a state; the first is meant when nothing is said. What is absent cannot be done. */
type Steps = Readonly<Partial<Record<NoticeMove | ClockMove, readonly NoticeState[]>>>;
type Table = Readonly<Partial<Record<NoticeState, Steps>>>;

const underWay: Steps = {
  update: [],
  reschedule: ['extended'],
  cancel: ['cancelled'],
  resolve: ['done'],
  finish: ['done'],
};
const broken = (state: NoticeState, ...others: NoticeState[]): Steps => ({
  update: [state, ...others],
  resolve: ['resolved'],
});

/** The life of each kind of notice. */
const tables: Readonly<Record<NoticeKind, Table>> = {
  maintenance: {
    draft: { announce: ['confirmed', 'planned'], cancel: ['cancelled'] },
    planned: {
      update: ['planned', 'confirmed'],
      reschedule: ['planned', 'confirmed'],
      cancel: ['cancelled'],
    },
    confirmed: {
      update: ['confirmed', 'running'],
      reschedule: ['confirmed'],
      cancel: ['cancelled'],
      resolve: ['done'],
      start: ['running'],
      finish: ['done'],
    },
    running: { ...underWay, update: ['running'], reschedule: ['extended', 'running'] },
    extended: { ...underWay, update: ['extended'] },
  },
  change: {
    draft: { announce: ['planned'], cancel: ['cancelled'] },
    planned: {
      update: ['planned'],
      reschedule: ['planned'],
      cancel: ['cancelled'],
      resolve: ['done'],
      finish: ['done'],
    },
  },
  outage: {
    draft: { announce: ['investigating', 'identified', 'watching'], cancel: ['cancelled'] },
    investigating: broken('investigating', 'identified', 'watching'),
    identified: broken('identified', 'investigating', 'watching'),
    watching: broken('watching', 'investigating', 'identified'),
  },
};

/** Where a move leads to; undefined when it cannot be done, or not to there. */
export function stateAfter(
  kind: NoticeKind,
  state: NoticeState,
  move: NoticeMove | ClockMove,
  wanted?: NoticeState,
): NoticeState | undefined {
  const ends = tables[kind][state]?.[move] ?? [];
  return wanted === undefined ? ends[0] : ends.find(end => end === wanted);
}

/** What can be done with a notice now. */
export function movesFrom(kind: NoticeKind, state: NoticeState): readonly (NoticeMove | ClockMove)[] {
  return Object.keys(tables[kind][state] ?? {}) as (NoticeMove | ClockMove)[];
}

/** Nothing comes after it. */
export function isOver(state: NoticeState): boolean {
  return state === 'done' || state === 'cancelled' || state === 'resolved';
}

/** The states in which a notice concerns people now or soon. */
export const openStates: readonly NoticeState[] = noticeStates.filter(
  state => state !== 'draft' && !isOver(state),
);
