/** The desk's own statement for a ticket, with the values of one; the events' and the people's ids are put in later. */
export interface Statement {
  readonly strings: readonly string[];
  readonly values: readonly unknown[];
}

/** Stands in the values where the event's id goes. */
export const EVENT = 'the event';
/** Stands in the values where the person's id goes. */
export const PERSON = 'the person';
