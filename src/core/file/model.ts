import type { MessageRef } from '../channel/index.ts';

/** Where judged files are kept. Keys are made by core and name nothing that came from outside. */
export interface FileStore {
  /** Takes in what lies at `path` on this machine's disk, which may be moved away by it. When it resolves, the bytes survive a crash. */
  put(key: string, path: string, facts: Pick<FileFacts, 'size' | 'sha256' | 'type'>): Promise<void>;
  /** The bytes; undefined when there are none under the key. Rejects when the store does not answer. */
  read(key: string): Promise<AsyncIterable<Uint8Array> | undefined>;
  /** Deletes them; what is gone already is no fault. */
  drop(key: string): Promise<void>;
}

/** What a virus scanner says. `away`: it could not be asked now. `unable`: it will never say anything of this file. */
export type ScanResult = 'clean' | 'infected' | 'away' | 'unable';

/** Lets a virus scanner look at the bytes. Never throws. */
export type Scan = (bytes: AsyncIterable<Uint8Array>) => Promise<ScanResult>;

/** Files on their way from a browser to the desk: kept on this machine until they were brought to the others. An id says whose it is, to nobody but who made it. */
export interface Uploads {
  /** Keeps the bytes; when it resolves they survive a crash. `too-large` after more than `maxBytes`: nothing of them stays. Rejects when they cannot be kept. */
  keep(
    owner: string,
    bytes: AsyncIterable<Uint8Array>,
    maxBytes: number,
  ): Promise<{ readonly id: string; readonly size: number } | 'too-large'>;
  /** Their size when they are the owner's; undefined for every other id. */
  sizeOf(owner: string, id: string): Promise<number | undefined>;
  /** How much waits: files of the owner, and bytes of everybody's together. */
  waiting(owner: string): Promise<{ readonly own: number; readonly bytes: number }>;
  /** Undefined when they are not there. */
  open(id: string): Promise<AsyncIterable<Uint8Array> | undefined>;
  drop(ids: readonly string[]): Promise<void>;
  /** Drops all that is the owner's. */
  dropOf(owner: string): Promise<void>;
  /** All that are there, with when they came. */
  list(): Promise<readonly { readonly id: string; readonly at: Date }[]>;
}

/** All that the desk's files need of the machine. */
export interface FileHouse {
  readonly store: FileStore;
  /** A directory of this desk alone, for bytes that are not judged yet; made when the first file comes. */
  readonly spool: string;
  readonly uploads: Uploads;
  /** Absent where no scanner is configured. */
  readonly scan?: Scan;
  /** For links to files: where the desk is reached (no slash at the end), and the secret that links are signed with. */
  readonly links?: { readonly publicUrl: string; secret(): Promise<Uint8Array> };
}

/** Why a file goes no further; each is also the end of a key of the words for it. */
export type FileFault = 'type' | 'size' | 'count' | 'empty' | 'infected' | 'unscannable' | 'lost';

/** What was found out about a file's bytes. */
export interface FileFacts {
  readonly size: number;
  readonly sha256: string;
  /** Media type, from the content. */
  readonly type: string;
  readonly safeName: string;
}

/** A file that nobody waits for any more: to be passed on, or told of. */
export interface SettledFile {
  readonly id: number;
  readonly messageId: number;
  readonly kind: 'request' | 'reply' | 'note';
  /** Where the message was said; null for a form. */
  readonly placeId: number | null;
  readonly ref: MessageRef | null;
  readonly author: string;
  /** Absent for one that is ready. */
  readonly why: FileFault | null;
  /** The safe name of one that is ready, else the given one: untrusted. */
  readonly name: string;
  readonly size: number;
}

/** A file that is under somebody's lease. */
export interface LeasedFile {
  readonly id: number;
  readonly ticketId: number;
  readonly channel: string;
  readonly source: string;
  readonly name: string;
  readonly state: 'waiting' | 'held';
  readonly size: number | null;
  readonly sha256: string | null;
  readonly type: string | null;
  readonly safeName: string | null;
  readonly storageKey: string | null;
  readonly attempts: number;
  readonly fence: number;
}

/** What became of one try. */
export type FileOutcome =
  | { readonly state: 'ready'; readonly facts: FileFacts }
  | { readonly state: 'refused' | 'lost'; readonly why: FileFault }
  | { readonly state: 'held'; readonly facts: FileFacts; readonly afterMs: number }
  /** With facts: it is here and judged, and only the store did not take it. */
  | { readonly state: 'waiting'; readonly facts?: FileFacts; readonly afterMs: number };
