/**
 * What can be promised on a ticket. `acknowledgement`: the desk's own first words; `first-reply` and `next-reply`: a person's public answer;
 * `update`: word from a person while a critical ticket lasts; `answer`: one that was promised when the customer asked for it sooner;
 * `resolution`: solved or closed.
 */
export const promiseTargets = [
  'acknowledgement',
  'first-reply',
  'next-reply',
  'update',
  'answer',
  'resolution',
] as const;
/** Something that can be promised on a ticket. */
export type PromiseTarget = (typeof promiseTargets)[number];
