/** Something that is wrong with a file, and where. */
export interface RowFault {
  readonly line: number;
  /** The column or field; empty for the row as a whole. */
  readonly field: string;
  readonly message: string;
}

/** One account of a file, not checked yet. */
export interface Entry {
  /** The line on which it begins. */
  readonly line: number;
  readonly value: unknown;
  /** Where in the file a part of it stands, and how it is called there. */
  where(path: readonly PropertyKey[]): { readonly line: number; readonly field: string };
}

/** What a reader finds, in the order of the file. */
export type Found = { readonly entry: Entry } | { readonly faults: readonly RowFault[] };

/** The file as a whole cannot be read, or not any further: what to do is in the message. */
export class FileFault extends Error {
  override readonly name = 'FileFault';
}
