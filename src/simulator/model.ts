/**
 * The words all pretend platforms share. A pretend platform speaks the real platform's wire on loopback, enforces what the
 * real one enforces, and lets pretend people use it. It imports nothing of the desk, and shares no line with it.
 */

/** The platforms that have a pretender. */
export type Platform = 'slack' | 'discord' | 'telegram' | 'mail' | 'website';

/** Time as the pretend platform sees it, in milliseconds since the epoch; tests move it. */
export interface SimClock {
  now(): number;
}

/** One button under a message. */
export interface ButtonView {
  readonly id: string;
  readonly label: string;
  readonly style: 'plain' | 'primary' | 'danger' | 'success';
  readonly disabled: boolean;
}

/** A file under a message. */
export interface FileView {
  readonly name: string;
  readonly size: number;
  /** Where a person's client gets it; empty where nobody can. */
  readonly url: string;
  /** What a picture says to those who do not see it, where it was given. */
  readonly alt?: string;
}

/** One message as one person sees it. */
export interface MessageView {
  readonly id: string;
  readonly author: string;
  /** True when the desk's bot wrote it. */
  readonly bot: boolean;
  /** What a reader sees, without markup. */
  readonly text: string;
  /** The same as safe HTML, made by the platform from its own dialect; for the stage. */
  readonly html: string;
  /** The colour of the bar at its side, `#rrggbb`, where the platform draws one. */
  readonly accent?: string;
  readonly buttons: readonly ButtonView[];
  readonly reactions: readonly { readonly emoji: string; readonly count: number }[];
  /** Files under it, with where the pretend platform serves them; absent where there are none. */
  readonly files?: readonly FileView[];
  /** Only this person sees it. */
  readonly ephemeral: boolean;
  readonly edited: boolean;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** A thread hanging from this message, where the platform shows it so. */
  readonly thread?: string;
}

/** A place with messages: a channel, a direct chat, a thread, a forum, a post in a forum. */
export interface PlaceView {
  readonly id: string;
  readonly title: string;
  readonly kind: 'channel' | 'dm' | 'thread' | 'forum' | 'post';
  readonly parent?: string;
  /** Labels that the platform shows on the place (forum tags). */
  readonly tags: readonly string[];
  readonly archived: boolean;
  readonly canType: boolean;
  /** Oldest first. */
  readonly messages: readonly MessageView[];
}

/** One field of an open form. */
export interface FieldView {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  /** `files`: the value is the names of the files, with commas. */
  readonly kind: 'text' | 'multiline' | 'select' | 'files';
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly value: string;
  readonly required: boolean;
  readonly placeholder: string;
  /** The message the platform shows at this field after a refused submission. */
  readonly error?: string;
}

/** A form, or a plain notice window, that is open in front of one person. */
export interface ModalView {
  readonly id: string;
  readonly title: string;
  /** Text between or instead of fields, as seen. */
  readonly text: string;
  readonly fields: readonly FieldView[];
  /** The label of the submit button; absent when there is nothing to submit. */
  readonly submit?: string;
  readonly close: string;
}

/** All that one person sees of one platform now. */
export interface Screen {
  readonly platform: Platform;
  readonly person: string;
  readonly role: 'customer' | 'staff';
  /** The person's language as the platform reports it, for example `pl-PL` or `en-US`. */
  readonly locale: string;
  readonly places: readonly PlaceView[];
  /** The id of the place the person is looking at and types into. */
  readonly current: string;
  readonly modal: ModalView | null;
  /** Errors the platform itself showed ("did not respond in time"), newest last. */
  readonly alerts: readonly string[];
  /** Commands the platform offers while typing. */
  readonly commands: readonly { readonly name: string; readonly description: string }[];
}

/** A file as a person picks it on their machine. */
export interface GivenFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** One thing that a platform offers while a command is typed. */
export interface Choice {
  readonly name: string;
  readonly value: string | number;
}

/** A pretend person with hands and eyes. Each method resolves when the platform has taken the act, not when the desk has reacted. */
export interface Person {
  readonly name: string;
  readonly platform: Platform;
  readonly role: 'customer' | 'staff';
  /** The platform's id of this person. */
  readonly id: string;
  /** Types a text into the current place (or `where`: id or title, or a fragment of the title). A text that begins with `/` is a command where the platform has them. Files go with the text as the platform's client sends them. Returns the id of the (first) message when it became one. */
  says(text: string, where?: string, files?: readonly GivenFile[]): Promise<string | undefined>;
  /** Types a command without sending it, where the platform offers choices for its last word; what it offers. */
  types?(text: string, where?: string): Promise<readonly Choice[]>;
  /** Begins to write in a place, without sending anything, where the platform tells bots. */
  startsTyping?(where?: string): Promise<void>;
  /** Changes a message of one's own. */
  edits(messageId: string, text: string): Promise<void>;
  /** Puts files into the field for them of the open form, where the platform's forms have one; `label` as in `fills`. */
  attaches?(files: readonly GivenFile[], label?: string): Promise<void>;
  /** Takes a message of one's own back. */
  deletes(messageId: string): Promise<void>;
  /** Puts a reaction on a message; with `on` false takes it away. */
  reacts(messageId: string, emoji: string, on?: boolean): Promise<void>;
  /** Replies to one message, where the platform has replies; else says it in that message's thread. */
  repliesTo(messageId: string, text: string): Promise<string | undefined>;
  /** Presses the newest visible button with this label (exact, or a fragment of it), in the current place or `where`. */
  presses(label: string, where?: string): Promise<void>;
  /** Puts values into the open form by the field's label (exact, else a fragment) or id; a select takes an option's label or value. */
  fills(values: Readonly<Record<string, string>>): Promise<void>;
  /** Submits the open form; resolves when the platform has the desk's answer and shows it (closed, errors at fields, next view). */
  submits(): Promise<void>;
  /** Closes the open form without submitting. */
  dismisses(): Promise<void>;
  /** Looks at another place: id or title, or a fragment of the title. */
  goes(where: string): Promise<void>;
  /** Resolves with what was seen once something visible matches: a message's text, a form's title or text or field error, an alert, a tag or title of a place. Rejects after `withinMs` of real time (default 20,000) with the whole screen as text in the error. */
  sees(what: string | RegExp, where?: string, withinMs?: number): Promise<string>;
  /** The same for a predicate over the screen. */
  watches(what: (screen: Screen) => boolean, describe: string, withinMs?: number): Promise<Screen>;
  /** What the person sees now. */
  screen(): Screen;
}

/** One request the platform received, for schema checks, counting and audits. */
export interface RequestRecord {
  readonly at: number;
  readonly method: string;
  /** Path below the API's root, for example `/chat.postMessage` or `/channels/123/messages`. */
  readonly path: string;
  /** The query or form or JSON, decoded; files appear as `{filename, size}`. */
  readonly body: unknown;
  readonly status: number;
  /** What was answered, decoded. */
  readonly answer: unknown;
}

/** A fault to lay in wait for matching requests. */
export interface Fault {
  /** Matches `METHOD path` of the request, for example /POST .*messages/ or /chat\.postMessage/. */
  readonly match: RegExp;
  /** How many matching requests it hits (default 1). */
  readonly times?: number;
  /**
   * - `lose-answer`: do it, then cut the connection without an answer;
   * - `refuse-connection`: cut the connection before anything is done;
   * - `status`: answer `status` without doing it (with `retryAfterSeconds` as the platform writes it, for 429);
   * - `hang`: never answer (until stop);
   * - `platform-error`: answer in the platform's own error form with `code`, without doing it.
   */
  readonly kind: 'lose-answer' | 'refuse-connection' | 'status' | 'hang' | 'platform-error';
  readonly status?: number;
  readonly retryAfterSeconds?: number;
  /** The platform's error code; for a `status` of Discord also the scope of a 429 (`user`, `shared`, `global`) or `cloudflare` for a page of the edge. */
  readonly code?: string;
}

/** What every pretend platform offers to tests, to the demo and to the stage. */
export interface Simulator {
  readonly platform: Platform;
  /** Base URL of the pretend API, as an adapter is given it. */
  readonly url: string;
  readonly people: readonly Person[];
  /** Throws when nobody has that name. */
  person(name: string): Person;
  /** All requests so far, oldest first (the newest 50,000 are kept). */
  readonly requests: readonly RequestRecord[];
  /** Called after each request has been answered. Returns a function that stops it. */
  onRequest(listener: (request: RequestRecord) => void): () => void;
  /** Called whenever anything visible to anyone changed. Returns a function that stops it. */
  onChange(listener: () => void): () => void;
  addFault(fault: Fault): void;
  clearFaults(): void;
  /** Resends the last event of that platform to the desk as the platform does on redelivery; returns what the desk answered, where there is an answer. */
  redeliverLast(): Promise<number | undefined>;
  stop(): Promise<void>;
}

/** One method of the platform's API and how far the pretender goes. `coverage.ts` of each platform lists them; a test keeps the list true. */
export interface Coverage {
  readonly method: string;
  readonly state: 'supported' | 'partial' | 'absent';
  readonly note?: string;
}
