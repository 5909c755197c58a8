/**
 * The ways to reach support: made from the policy and from the channels that are on, with what was promised and what was kept. One source for
 * the page, the chats and the foot of mails.
 */
export type { ReachLabels, ReachView, ReachWay, WayView } from './model.ts';
export { createReach, type ReachApi, reachRows, reachText } from './reach.ts';
