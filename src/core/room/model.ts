import type { Address, Button } from '../channel/index.ts';

/** A place that the desk keeps. */
export interface Room {
  readonly id: number;
  readonly address: Address;
  /** The newest change in it. */
  readonly tail: number;
  /** As far as its person has read. */
  readonly seen: number;
}

/** What a line says. */
export interface LineBody {
  /** CommonMark. */
  readonly text: string;
  /** The public name of who of the staff wrote it. */
  readonly author?: string;
  /** The desk says it by itself. */
  readonly automatic?: boolean;
  readonly buttons?: readonly Button[];
  /** Names of the files that its person sent along. */
  readonly files?: readonly string[];
}

/** One line of a room, as it is now. */
export interface Line {
  readonly ref: number;
  /** Its newest change. */
  readonly seq: number;
  /** The desk said it, and not its person. */
  readonly ours: boolean;
  /** What it is known by when it comes again: of ours the id of the delivery, else what the person's own machine made. */
  readonly key: string;
  /** Null once it was taken back. */
  readonly body: LineBody | null;
  readonly at: Date;
}

/** The rooms of one channel. */
export interface Rooms {
  /** The room at an address, made when there is none yet. A secret that another room has makes none: undefined. */
  make(address: Address, secret?: Uint8Array): Promise<Room | undefined>;
  /** The room that a secret opens, by the secret's hash. */
  opened(secret: Uint8Array): Promise<Room | undefined>;
  at(address: Address): Promise<Room | undefined>;
  /** Puts a line at the end; one that is there by its key stays as it is. Undefined when there is no such room. */
  add(
    address: Address,
    line: Pick<Line, 'ours' | 'key' | 'body'>,
  ): Promise<(Line & { readonly isNew: boolean }) | undefined>;
  /** Changes a line of ours, or takes it back; undefined when there is none, or it was taken back already. */
  change(address: Address, ref: number, body: LineBody | null): Promise<Line | undefined>;
  /** The line of ours with that key. */
  find(address: Address, key: string): Promise<Line | undefined>;
  /** The oldest lines that have changed after `seq`, at most `limit`. */
  after(id: number, seq: number, limit: number): Promise<readonly Line[]>;
  /** The oldest changes of many rooms, in one statement: of each those after its `seq`, in their order, at most `limit` of all. */
  news(
    rooms: readonly { readonly id: number; readonly after: number }[],
    limit: number,
  ): Promise<readonly (Line & { readonly room: number })[]>;
  /**
   * Somebody of the desk writes to its person. Nothing is kept of it but when, for some seconds, until they have said something. Undefined where it is
   * known already, and where there is no such room.
   */
  write(address: Address): Promise<Date | undefined>;
  /** In which of these rooms somebody of the desk writes, and since when: the same time is the same writing. */
  writing(ids: readonly number[]): Promise<readonly { readonly room: number; readonly at: Date }[]>;
  /** Its person has read as far as that. */
  read(id: number, seq: number): Promise<void>;
  /** Whether its person has read the line. */
  hasRead(address: Address, ref: number): Promise<boolean>;
}
