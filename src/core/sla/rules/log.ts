import type { Way } from '../model.ts';

/** What of a ticket's events the clock looks at; `at` in ms of the epoch. */
export type LogEntry = { readonly at: number } & (
  | {
      readonly type: 'opened';
      readonly department: string;
      readonly priority: string;
      readonly way: Way;
      readonly tier: string | null;
      readonly terms: string;
    }
  /** The customer has the desk's own first words. */
  | { readonly type: 'acknowledged' }
  | { readonly type: 'customer-wrote' }
  /** A public reply of a person that reached the customer, or still may. */
  | { readonly type: 'staff-replied' }
  | { readonly type: 'escalation-asked' }
  | { readonly type: 'transferred'; readonly to: string }
  | { readonly type: 'prioritised'; readonly to: string }
  /** A chat was made a ticket. */
  | { readonly type: 'made-ticket' }
  | { readonly type: 'proved'; readonly tier: string | null }
  | { readonly type: 'terms-changed'; readonly terms: string }
  | {
      readonly type: 'moved';
      readonly to: 'open' | 'waiting' | 'solved' | 'closed';
      readonly by: string;
      readonly who: 'customer' | 'staff' | 'system';
    }
  /** It is part of an outage from now on, or goes its own way again. */
  | { readonly type: 'attached' | 'detached' }
  /** Only that it is so late by now. */
  | { readonly type: 'promise-at-risk' | 'promise-missed' }
);

/** By when things happened; of the same moment, as they were written down. Nothing happens to a ticket before it is opened. */
export function inOrder(log: readonly LogEntry[]): LogEntry[] {
  const opened = log.find(one => one.type === 'opened');
  if (opened === undefined) return [];
  const rest = log.filter(one => one !== opened).map(one => ({ ...one, at: Math.max(one.at, opened.at) }));
  return [opened, ...rest.toSorted((a, b) => a.at - b.at)];
}
