/** Why the desk says no. A closed list: each code is also the key of the words that tell the person. */
export const refusalCodes = [
  'unknown-command',
  'number-missing',
  'ticket-not-found',
  'reply-to-closed',
  'no-such-ticket',
  'reopen-too-late',
  'escalated-lately',
  'escalate-finished',
  'only-owner',
  'not-staff',
  'assign-whom',
  'assignee-not-staff',
  'no-such-department',
  'no-such-priority',
  'no-such-week',
  'already-so',
  'claim-taken',
  'already-in-state',
  'cannot-from-state',
  'nothing-written',
  'resend-not-needed',
  'draft-gone',
  'proof-asked-already',
  'no-contacts',
  'not-linked',
  'no-such-identity',
  'proof-needed',
  'proof-needed-fresh',
  'notify-not-linked',
  'notify-no-such',
  'notify-last',
  'notify-too-many',
  'notify-too-often',
  'notify-no-mail',
  'duty-how',
  'oncall-how',
  'oncall-too-many',
  'no-such-person',
  'feed-no-address',
  'no-levels',
  'no-such-team',
  'level-top',
  'level-bottom',
  'escalate-why',
  'page-over',
  'page-not-yours',
  'notice-how',
  'no-such-notice',
  'notice-line-twice',
  'notice-no-template',
  'notice-sent-already',
  'part-of-nothing',
  'rate-not-finished',
  'rate-often',
  'ticket-already',
  'not-by-mail',
  'by-mail-enough',
  'goes-on-nowhere',
] as const;

/** One of the reasons for a refusal. */
export type RefusalCode = (typeof refusalCodes)[number];

/** The caller must act: what was asked cannot be done as asked, and nothing was changed. Carries the words for it. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly args: Readonly<Record<string, string | number>>;
  constructor(code: RefusalCode, args: Readonly<Record<string, string | number>> = {}) {
    super(`refused: ${code}`);
    this.name = 'Refusal';
    this.code = code;
    this.args = args;
  }
}
