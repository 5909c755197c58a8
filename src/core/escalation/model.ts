import type { ChannelKind } from '../channel/index.ts';
import type { PageWay } from '../policy/index.ts';

/** Somebody of the staff: the id that the policy gives them; for whoever stands there nowhere, `@` with the id of their handle. */
export type PersonKey = string;

/** Where somebody can be told something. */
export interface Spot {
  readonly way: PageWay;
  readonly channel: ChannelKind;
}

/** Somebody of the staff, as they can be reached now. */
export interface Person {
  readonly key: PersonKey;
  /** For staff only. */
  readonly name: string;
  /** A language that the desk speaks. */
  readonly locale: string;
  readonly onDuty: boolean;
  /** In the order in which they want to be paged; empty when there is no way at all. */
  readonly spots: readonly Spot[];
  /** Platform → the person's id there. */
  readonly reach: Readonly<Record<ChannelKind, string>>;
}

/** Why a level, a team or a person cannot be paged: nobody is open now, nobody is on duty, or nobody can be reached. */
export type NobodyWhy = 'closed' | 'empty' | 'unreachable';
