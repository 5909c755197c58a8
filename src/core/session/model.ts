/** How somebody has shown who they are. */
export const signInWays = ['chat', 'mail', 'client-area'] as const;
/** A way to sign in. */
export type SignInWay = (typeof signInWays)[number];

/** Somebody who is signed in, in one browser. */
export interface Session {
  readonly id: number;
  readonly contactId: number;
  readonly how: SignInWay;
  /** When it was proved from the client area, in this session. */
  readonly provedAt: Date | null;
  /** The handle of their own page. */
  readonly handleId: number;
  /** The provider's key of the contact: the id of the handle. */
  readonly ref: string;
  /** Untrusted. */
  readonly name: string;
  readonly account: string;
  readonly locale: string;
  readonly zone: string;
}

/** A session as its owner sees it. */
export interface SessionView {
  readonly id: number;
  readonly how: SignInWay;
  /** What the browser says it is: untrusted. */
  readonly agent: string;
  readonly madeAt: Date;
  readonly seenAt: Date;
}

/** What a one-time link is good for, in the browser that asks. */
export type LinkState =
  | { readonly is: 'ready'; readonly contact: string; readonly account: string; readonly locale: string }
  /** It was asked for in another browser. */
  | { readonly is: 'elsewhere' }
  /** It was used, is too old, or never was. */
  | { readonly is: 'gone' };
