import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { whyOf } from '../channel/index.ts';
import type { Context } from '../context.ts';
import { type Brought, fetchTo } from './fetch.ts';
import { nameKey } from './lease.ts';
import type { FileFacts, FileOutcome, LeasedFile } from './model.ts';
import { safeName } from './rules/name.ts';
import { endingsOf, isAllowed } from './rules/types.ts';
import { sniff } from './sniff.ts';

/** Tries to get a file before it is lost; with the waits between them, more than an hour. */
const TRIES = 20;
/** The first wait and the longest, in ms. A platform may ask for a longer one, up to the last. */
const FIRST_WAIT_MS = 2000;
const LONGEST_WAIT_MS = 300_000;
const LONGEST_ASKED_MS = 3_600_000;
/** The scanner, or the store, is asked again after this, in ms, at the latest. */
const LONGEST_HOLD_MS = 60_000;

/** One try: bring it here, find out what it is, let it be scanned, store it. */
export async function judge(ctx: Context, file: LeasedFile): Promise<FileOutcome> {
  const path = join(ctx.files.spool, String(file.id));
  const here = await alreadyHere(file, path);
  if (here !== undefined) return scanAndStore(ctx, file, path, here);
  if (file.attempts > TRIES) return { state: 'lost', why: 'lost' };
  await mkdir(ctx.files.spool, { recursive: true, mode: 0o700 });
  const part = `${path}.${file.fence}.part`;
  try {
    const brought = await fetchTo(ctx, file, part);
    if (brought.outcome !== 'here') return notHere(ctx, file, brought);
    if (brought.size === 0) return { state: 'refused', why: 'empty' };
    await rename(part, path);
    const { type, ending } = await sniff(path);
    if (!isAllowed(type, ctx.policy.files.types)) return { state: 'refused', why: 'type' };
    const name = safeName(file.name, endingsOf(type, ending));
    return scanAndStore(ctx, file, path, {
      size: brought.size,
      sha256: brought.sha256,
      type,
      safeName: name,
    });
  } finally {
    await rm(part, { force: true });
  }
}

/** Removes what one file left among the bytes that are not judged yet. */
export async function forget(ctx: Context, file: Pick<LeasedFile, 'id'>): Promise<void> {
  await rm(join(ctx.files.spool, String(file.id)), { force: true });
}

/** A file that was held, or that the store did not take, is still here. */
async function alreadyHere(file: LeasedFile, path: string): Promise<FileFacts | undefined> {
  const { size, sha256, type, safeName: name } = file;
  if (size === null || sha256 === null || type === null || name === null) return undefined;
  const found = await stat(path).catch(() => undefined);
  return found?.size === size ? { size, sha256, type, safeName: name } : undefined;
}

function notHere(
  ctx: Context,
  file: LeasedFile,
  brought: Exclude<Brought, { outcome: 'here' }>,
): FileOutcome {
  if (brought.outcome === 'too-large') return { state: 'refused', why: 'size' };
  ctx.log.warn('a file could not be fetched', {
    file: file.id,
    channel: file.channel,
    attempts: file.attempts,
    why: brought.why,
  });
  if (brought.outcome === 'refused' || file.attempts >= TRIES) return { state: 'lost', why: 'lost' };
  const asked = Math.min(brought.afterMs, LONGEST_ASKED_MS);
  return { state: 'waiting', afterMs: Math.max(asked, wait(file.attempts, LONGEST_WAIT_MS)) };
}

async function scanAndStore(
  ctx: Context,
  file: LeasedFile,
  path: string,
  facts: FileFacts,
): Promise<FileOutcome> {
  const { scan } = ctx.files;
  const verdict = scan === undefined ? 'clean' : await scan(createReadStream(path));
  if (verdict === 'infected')
    ctx.log.warn('the scanner found something in a file', { file: file.id, sha256: facts.sha256 });
  switch (verdict) {
    case 'infected':
      return { state: 'refused', why: 'infected' };
    case 'unable':
      return { state: 'refused', why: 'unscannable' };
    case 'away':
      return { state: 'held', facts, afterMs: wait(file.attempts, LONGEST_HOLD_MS) };
    case 'clean':
      return store(ctx, file, path, facts);
  }
}

async function store(ctx: Context, file: LeasedFile, path: string, facts: FileFacts): Promise<FileOutcome> {
  const month = ctx.now().toISOString().slice(0, 7).replace('-', '/');
  const key = file.storageKey ?? `${month}/${randomBytes(16).toString('hex')}`;
  try {
    if (await nameKey(ctx, file, key)) await ctx.files.store.put(key, path, facts);
    return { state: 'ready', facts };
  } catch (error) {
    ctx.log.error('a file could not be stored', { file: file.id, why: whyOf(error) });
    return { state: 'waiting', facts, afterMs: wait(file.attempts, LONGEST_HOLD_MS) };
  }
}

function wait(attempts: number, longest: number): number {
  return Math.min(longest, FIRST_WAIT_MS * 2 ** Math.min(attempts - 1, 20));
}
