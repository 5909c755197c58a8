import type { Platform, Screen } from '../../src/simulator/model.ts';

/** One thing that a person did, as anybody sees it who stands beside them. Times are ms of the storm's clock. */
export interface Deed {
  /** Stands in the text, and nowhere else in the world. */
  readonly token: string;
  /** Of a visitor of the website and of whoever writes mail all that they say is `wrote`. */
  readonly kind: 'opened' | 'wrote' | 'replied' | 'noted' | 'pressed';
  readonly platform: Platform;
  readonly person: string;
  /** The ticket it is about, as the person saw it. */
  readonly number?: number;
  readonly at: number;
  /** Of `opened`: the person saw that it was taken. */
  seen?: boolean;
  /** Of `opened`: they were asked more than once, and any of these can be what was taken. */
  instead?: readonly string[];
}

/** What the provider's program can say of a notice. */
export type Saying = 'announced' | 'changed' | 'cancelled';

/** One word of a notice to all customers, which the desk has answered as confirmed. */
export interface Said {
  /** Stands in its text, and nowhere else in the world. */
  readonly token: string;
  readonly notice: number;
  readonly kind: Saying;
  readonly at: number;
}

/** What the auditor is given: what people did, what they see in the end, and what the platforms were told was taken. */
export interface Evidence {
  readonly deeds: readonly Deed[];
  /** Of every person, at the end. */
  readonly screens: readonly Screen[];
  /** Tokens of what was judged, and found well, before the place that shows it was deleted. */
  readonly settled?: ReadonlySet<string>;
  /** Token → when Slack had the desk's 200 for the event that carried it. */
  readonly acknowledged: ReadonlyMap<string, number>;
  /** What was announced, in its order. */
  readonly said?: readonly Said[];
  /** Of each notice, names of people of whom staff are told that it may not have reached them. */
  readonly missed?: ReadonlyMap<number, ReadonlySet<string>>;
  /** Names of those whom notices concern. */
  readonly concerned?: RegExp;
}

/** A token wherever it stands. */
export const TOKEN = /q\d{5}q/g;

/** What the form asks where it is a conversation. Who says something after such a question has answered it. */
export const QUESTION =
  /Who should look at it first|How urgent is it|What is it about\?|Please tell us|This is what we would send|You had begun to open/;

/** The number of a ticket in a title or in a text. */
export function numberIn(text: string): number | undefined {
  const digits = /#(\d+)\b/.exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
