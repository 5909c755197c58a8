import { setTimeout as pause } from 'node:timers/promises';
import { backoff, type Sink, whyOf } from '../../../core/index.ts';
import { type ImapSettings, type OpenFolder, openFolder } from './imap.ts';
import { afterwards, asUnreadable, type Intake, takeMail } from './intake.ts';
import { createTokens } from './oauth.ts';
import { SpoolFull } from './spool.ts';

/** The right to read, which only one process has. */
export interface ReadingRight {
  hold(ms: number): Promise<boolean>;
  release(): Promise<void>;
}

/** How mailboxes are read. */
export interface MailboxConfig {
  readonly imap: ImapSettings;
  readonly right: ReadingRight;
}

/** The right to read holds for so long, in ms, and is taken again at every look. */
const RIGHT_MS = 90_000;
/** Without any word of the server it is looked so often, in ms. */
const LOOK_MS = 30_000;
/** Whoever has not the right asks for it so often, in ms. */
const TURN_MS = 5000;
/** The first and the longest wait for a server that cannot be had, in ms. */
const FIRST_MS = 1000;
const LONGEST_MS = 60_000;
/** Bytes of a mail; of what is larger the beginning is taken, and the mail is flagged where it lies. */
const LARGEST = 64 * 1024 * 1024;
/** A mail that could not be taken so often, while others could, is set aside. */
const TRIES = 3;

/** Reads the folders of a mailbox, each over a connection of its own, until it is stopped. Resolves once each has been tried. */
export async function listenToMailbox(
  intake: Intake,
  { imap, right }: MailboxConfig,
  sink: Sink,
): Promise<{ stop(): Promise<void> }> {
  const ended = new AbortController();
  const token = imap.oauth && createTokens(imap.oauth, intake.config.now);
  const readers = imap.folders.map(path => {
    const tried = Promise.withResolvers<void>();
    const done = readFolder({ intake, imap, right, sink, path, token, signal: ended.signal }, tried.resolve);
    return { tried: tried.promise, done };
  });
  await Promise.all(readers.map(({ tried }) => tried));
  return {
    async stop() {
      ended.abort();
      await Promise.all(readers.map(({ done }) => done));
      await right.release().catch(() => undefined);
    },
  };
}

interface Reading extends MailboxConfig {
  readonly intake: Intake;
  readonly sink: Sink;
  readonly path: string;
  readonly token: (() => Promise<string>) | undefined;
  readonly signal: AbortSignal;
}

/** Never rejects: whatever happens to the server or the database, it begins again. */
async function readFolder(reading: Reading, tried: () => void): Promise<void> {
  const { intake, imap, right, path, token, signal } = reading;
  const { log } = intake.config;
  const failed = new Map<number, number>();
  let inARow = 0;
  while (!signal.aborted) {
    let folder: OpenFolder | undefined;
    try {
      if (await right.hold(RIGHT_MS)) {
        folder = await openFolder(imap, path, { log, token });
        tried();
        inARow = 0;
        await follow(reading, folder, failed);
      }
    } catch (error) {
      inARow += 1;
      if (inARow === 1) log.warn('mail: the mailbox cannot be read', { folder: path, why: whyOf(error) });
    } finally {
      folder?.close();
      tried();
    }
    const ms = inARow === 0 ? TURN_MS : backoff(inARow, FIRST_MS, LONGEST_MS);
    await pause(ms, undefined, { signal }).catch(() => undefined);
  }
}

/** Takes what is there and what comes, for as long as the connection stands and the right is held. */
async function follow(reading: Reading, folder: OpenFolder, failed: Map<number, number>): Promise<void> {
  const { right, signal } = reading;
  while (!folder.lost && !signal.aborted && (await right.hold(RIGHT_MS))) {
    await takeAll(reading, folder, failed);
    await folder.wait(LOOK_MS, signal);
  }
}

/** One that cannot be taken does not keep the others; it is tried again at the next look, and in the end set aside. */
async function takeAll(reading: Reading, folder: OpenFolder, failed: Map<number, number>): Promise<void> {
  const { right, signal } = reading;
  let taken = 0;
  const stuck: number[] = [];
  for (const uid of await folder.unread()) {
    if (signal.aborted || folder.lost || !(await right.hold(RIGHT_MS))) return;
    const became = await takeOne(reading, folder, uid, failed.get(uid) ?? 0);
    if (became === 'failed') stuck.push(uid);
    if (became !== 'taken') continue;
    failed.delete(uid);
    taken += 1;
  }
  // When none could be taken it is no mail's fault.
  if (taken > 0) for (const uid of stuck) failed.set(uid, (failed.get(uid) ?? 0) + 1);
}

/** Brings a mail, hands it in, and marks it once it is in the database. `later`: it is not to blame, and there will be room. */
async function takeOne(
  { intake, sink, path }: Reading,
  folder: OpenFolder,
  uid: number,
  failures: number,
): Promise<'taken' | 'failed' | 'later'> {
  try {
    const brought = await folder.bring(uid, LARGEST);
    if (brought === undefined) return 'taken';
    const { raw, whole } = brought;
    const aside = failures >= TRIES;
    const handover = whole ? {} : ({ whole } as const);
    const events = aside
      ? [await asUnreadable(intake, raw, handover)]
      : await takeMail(intake, raw, handover);
    for (const event of events) await afterwards(intake, event, await sink(event));
    await folder.mark(uid, aside || !whole);
    return 'taken';
  } catch (error) {
    intake.config.log.error('mail: a mail could not be taken, it is tried again', {
      folder: path,
      uid,
      why: whyOf(error),
    });
    return error instanceof SpoolFull ? 'later' : 'failed';
  }
}
