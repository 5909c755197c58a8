import type { GivenFile, Person } from '../model.ts';

/** Somebody who comes to the provider's site. */
export interface PersonSpec {
  readonly name: string;
  /** BCP 47. */
  readonly locale?: string;
  /** The provider's own number for a customer who is signed in; a visitor has none. */
  readonly customer?: string;
}

/** A person in front of the provider's site; more than on every platform. */
export interface WebPerson extends Person {
  /** What they are known by at the desk, where they are signed in; empty for a visitor. */
  readonly id: string;
  /** Loses the connection to the desk until `returns`: what is written meanwhile waits. */
  leaves(): void;
  returns(): Promise<void>;
  /** The same as `says`, by what a browser does that has no WebSocket. */
  sends(text: string, files?: readonly GivenFile[]): Promise<void>;
  /** Looks at all that stands there. */
  reads(): Promise<void>;
  /** Does what a button with this action would. */
  acts(action: string): Promise<void>;
  /** The newest change that their bubble has; -1 while it is not there. */
  readonly after: number;
  /** Names of the files that they have sent. */
  readonly sent: readonly string[];
}

/** A line as the desk sends it. */
export interface Line {
  readonly t: 'line';
  readonly ref: number;
  readonly seq: number;
  readonly key?: string;
  readonly at: number;
  readonly pieces: readonly Piece[];
  readonly author?: string;
  readonly auto?: boolean;
  readonly buttons?: readonly { readonly action: string; readonly label: string; readonly style?: string }[];
  readonly files?: readonly string[];
  readonly gone?: boolean;
}

export type Piece = string | readonly [string, ...Piece[]];

export interface Field {
  readonly id: string;
  readonly kind: 'text' | 'multiline' | 'choice';
  readonly label: string;
  readonly hint?: string;
  readonly placeholder?: string;
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  readonly required: boolean;
  readonly value?: string;
  readonly error?: string;
  readonly reshapes?: boolean;
}

export interface Form {
  readonly page: string;
  readonly draft: string;
  readonly title: string;
  readonly submit: string;
  readonly close: string;
  readonly fields: readonly Field[];
}

export type Answer =
  | { readonly show: 'nothing' }
  | { readonly show: 'words'; readonly pieces: readonly Piece[]; readonly buttons: Line['buttons'] }
  | { readonly show: 'form'; readonly form: Form };

export type Frame =
  | Line
  | { readonly t: 'ready' }
  | { readonly t: 'writing' }
  | { readonly t: 'ack'; readonly key: string; readonly ref: number }
  | { readonly t: 'answer'; readonly key: string; readonly answer: Answer }
  | { readonly t: 'no'; readonly why: string; readonly key?: string; readonly afterMs?: number };
