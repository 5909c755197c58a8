/** The public status page: what everybody may know of notices, how the parts of the offer are, and the last of it that was known while the database is away. */
export type { NoticeFacts, StatusFacts } from './facts.ts';
export { letterOf } from './letter.ts';
export type { ComponentState, Keepsake, PublicEvent, PublicNotice } from './model.ts';
export { publicOf } from './rules/public.ts';
export { createStatus, type Status, type StatusApi } from './status.ts';
export type { EventView, NoticeWordsView, Stamp, StatusLabels, StatusView } from './view.ts';
