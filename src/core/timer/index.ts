/**
 * Timers: what is to happen to a ticket at a moment. They are rows, set and cancelled in the transaction of what causes them (`schedule`, `cancel`,
 * `replan`). When one is due by the database's time, its handler's work and the mark that it fired are one transaction: it happens once
 * for each time it was set, never after it was cancelled, and late by no more than a lease (3 s) when a desk is killed in between.
 * Handlers stand in `core/reactions.ts`, by what stands before the colon of the target.
 */
export { cancel, type TimerMatch } from './cancel.ts';
export type { Timer, TimerHandler, TimerHandlers, TimerKey, TimerPlan } from './model.ts';
export { replan, schedule } from './schedule.ts';
export { createTimers, type TimerHealth, type Timers } from './timers.ts';
export { createWatch, type Watch } from './watch.ts';
