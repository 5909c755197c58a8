import { type Channel, type Outbound, type OutboundFile, type Receipt, whyOf } from '../channel/index.ts';
import type { Context } from '../context.ts';
import { bringFile, formatSize, type KeptFile, keptFiles, linkTo } from '../file/index.ts';
import { formatWhen, literalInline } from '../text/index.ts';
import { composeMessage } from './compose.ts';
import type { Claimed, Content, Outcome } from './model.ts';

type Files = Extract<Content, { files: unknown }>;

/** Bytes of files that may be in memory at once, on their way to platforms; a single file may be larger. */
const IN_MEMORY = 64 * 1024 * 1024;
/** What finds no room looks again after this, in ms. */
const NO_ROOM_MS = 500;
/** A store that does not answer is asked so many times, over some seconds; then a link goes instead, so that the lane does not wait. */
const PATIENCE = 4;

const memory = { bytes: 0 };

/**
 * Reads the files of a delivery and makes its message: the files themselves, or links where the place cannot carry them, or does not
 * take them after all. What was dropped meanwhile is left out; when nothing is left, nothing is sent.
 */
export async function prepareFiles(
  ctx: Context,
  channel: Channel,
  claimed: Claimed,
  content: Files,
  address: string,
): Promise<() => Promise<Outcome>> {
  const kept = claimed.messageId === null ? [] : await keptFiles(ctx, claimed.messageId, content.files);
  if (kept.length === 0) return async () => ({ outcome: 'delivered' });
  const head = await composeMessage(ctx, claimed);
  const sendLinks = async (): Promise<Receipt> =>
    channel.deliver(await withLinks(ctx, head, content, kept, claimed), address);
  const sendNames = async (): Promise<Receipt> =>
    channel.deliver(withNames(ctx, head, content, kept, claimed), address);
  if (content.as === 'link' || !carries(channel, kept)) return sendLinks;
  const bytes = kept.reduce((sum, file) => sum + file.size, 0);
  if (memory.bytes > 0 && memory.bytes + bytes > IN_MEMORY) return noRoom;
  return async () => {
    memory.bytes += bytes;
    try {
      const files = await bringAll(ctx, kept);
      if (files === 'away' && claimed.attempts < PATIENCE)
        return {
          outcome: 'retry',
          afterMs: 1000 * 2 ** claimed.attempts,
          scope: 'place',
          why: 'the file store does not answer',
        };
      if (files === 'away') return await sendLinks();
      if (files === 'missing') return await sendNames();
      const receipt = await channel.deliver({ ...head, files }, address);
      const unfit =
        receipt.outcome === 'refused' && (receipt.code === 'invalid' || receipt.code === 'forbidden');
      return unfit ? await sendLinks() : receipt;
    } finally {
      memory.bytes -= bytes;
    }
  };
}

async function noRoom(): Promise<Outcome> {
  return { outcome: 'retry', afterMs: NO_ROOM_MS, scope: 'place', why: 'other files are on their way' };
}

/** The limits may have changed since the files were put in. */
function carries({ limits }: Channel, files: readonly KeptFile[]): boolean {
  const { files: most } = limits;
  return most !== undefined && files.length <= most.count && files.every(file => file.size <= most.bytes);
}

async function bringAll(
  ctx: Context,
  kept: readonly KeptFile[],
): Promise<OutboundFile[] | 'away' | 'missing'> {
  try {
    const files: OutboundFile[] = [];
    for (const one of kept) {
      const file = await bringFile(ctx, one);
      if (file === undefined) return 'missing';
      files.push(file);
    }
    return files;
  } catch (error) {
    ctx.log.warn('the file store does not answer', { why: whyOf(error) });
    return 'away';
  }
}

/** Links in a list; without a public address, the names. */
async function withLinks(
  ctx: Context,
  head: Outbound,
  content: Files,
  files: readonly KeptFile[],
  claimed: Claimed,
): Promise<Outbound> {
  const { locale } = content;
  const lines: string[] = [];
  let until = ctx.now();
  for (const { id, name, size } of files) {
    const link = await linkTo(ctx, id, claimed.role === 'desk' ? 'd' : 'c');
    if (link === undefined) continue;
    until = link.until;
    lines.push(`- [${literalInline(name)}](${link.url}) (${formatSize(size, locale)})`);
  }
  if (lines.length === 0) return withNames(ctx, head, content, files, claimed);
  const when = formatWhen(until, locale, ctx.policy.desk.zone, ctx.now());
  return {
    ...head,
    text: `${head.text}${ctx.phrases.say(locale, 'files-to-download', { until: when })}\n\n${lines.join('\n')}`,
  };
}

/** The names with a word of regret: they cannot be had here. */
function withNames(
  ctx: Context,
  head: Outbound,
  { locale }: Files,
  files: readonly KeptFile[],
  { role }: Claimed,
): Outbound {
  const names = files.map(({ name }) => `“${name}”`).join(', ');
  return { ...head, text: head.text + ctx.phrases.say(locale, `files-not-here-${role}`, { names }) };
}
