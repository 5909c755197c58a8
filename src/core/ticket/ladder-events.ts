/** A fact about who is to answer a ticket: its level, and who was paged. Persons are their ids in the policy, or `@` with a handle's. */
export type LadderEvent =
  /** It went up: `reason` is for the customer, and stays with the note that holds it; null when nobody touched it. `opensAt`: the level is closed until then. */
  | {
      readonly type: 'escalated';
      readonly from: string;
      readonly to: string;
      readonly reason: string | null;
      readonly opensAt: Date | null;
    }
  | {
      readonly type: 'deescalated';
      readonly from: string;
      readonly to: string;
      readonly reason: string;
      readonly opensAt: Date | null;
    }
  /** Persons are called about it. `again`: the one who had acknowledged it and did not answer. */
  | {
      readonly type: 'paged';
      readonly step: number;
      readonly persons: readonly string[];
      readonly again: boolean;
    }
  /** A level, team, rotation or person of a step was passed at once. */
  | {
      readonly type: 'page-nobody';
      readonly step: number;
      readonly group: string;
      readonly why: 'closed' | 'empty' | 'unreachable';
    }
  /** Somebody has it in hand, and has until then to answer. */
  | { readonly type: 'page-acknowledged'; readonly person: string; readonly until: Date }
  | { readonly type: 'page-expired'; readonly person: string }
  | { readonly type: 'page-passed-on'; readonly person: string }
  /** None of a person's ways worked. */
  | { readonly type: 'page-unreachable'; readonly person: string }
  /** The ladder is at its end: everybody on duty is called, again and again. */
  | { readonly type: 'all-called'; readonly persons: readonly string[]; readonly first: boolean };

const TYPES: readonly string[] = [
  'escalated',
  'deescalated',
  'paged',
  'page-nobody',
  'page-acknowledged',
  'page-expired',
  'page-passed-on',
  'page-unreachable',
  'all-called',
] satisfies readonly LadderEvent['type'][];

/** Whether an event is one of these. */
export function isLadderEvent(event: { readonly type: string }): event is LadderEvent {
  return TYPES.includes(event.type);
}

/** What is kept of one: no words of anybody. */
export function ladderData(event: LadderEvent): Readonly<Record<string, unknown>> {
  switch (event.type) {
    case 'escalated':
      return { from: event.from, to: event.to, untouched: event.reason === null, opens: event.opensAt };
    case 'deescalated':
      return { from: event.from, to: event.to };
    case 'paged':
      return { step: event.step, persons: event.persons, again: event.again };
    case 'page-nobody':
      return { step: event.step, group: event.group, why: event.why };
    case 'page-acknowledged':
      return { person: event.person, until: event.until };
    case 'page-expired':
    case 'page-passed-on':
    case 'page-unreachable':
      return { person: event.person };
    case 'all-called':
      return { persons: event.persons };
  }
}
