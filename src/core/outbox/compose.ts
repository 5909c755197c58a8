import { eq } from '../../../drizzle/orm.ts';
import { ticket } from '../../../drizzle/schema/index.ts';
import type { Button, Card, MessageRef, Outbound, OutboundThread } from '../channel/index.ts';
import { deliveryClasses } from '../channel/index.ts';
import { type Context, channelOf } from '../context.ts';
import { reachRows } from '../reach/index.ts';
import { literal, literalInline, oneLine, plain, raw } from '../text/index.ts';
import { cardOf } from './card.ts';
import { firstTold } from './first-told.ts';
import type { Claimed, Content } from './model.ts';
import { sheetCard } from './sheet.ts';
import { unsubscribeLink } from './unsubscribe.ts';

/** Makes the message of a delivery, as it is true now. */
export async function composeMessage(ctx: Context, claimed: Claimed): Promise<Outbound> {
  const { text, buttons } = speak(ctx, withNumber(claimed));
  const head = claimed.shared && claimed.ticketId !== null ? await ticketHead(ctx, claimed) : '';
  const { content } = claimed;
  return {
    id: String(claimed.id),
    at: claimed.createdAt,
    class: deliveryClasses[claimed.rank] ?? 'reply',
    subject: await subjectFor(ctx, claimed),
    text: head + text,
    automatic: 'say' in content,
    mentions: 'say' in content ? content.mentions : undefined,
    unsubscribe:
      'stops' in content && content.stops !== undefined
        ? await unsubscribeLink(ctx, claimed.placeId, content.stops)
        : undefined,
    buttons,
    replyTo: await hangsFrom(ctx, claimed),
    foot: footOf(ctx, claimed),
  };
}

/** Below mail about a ticket, or about what concerns its reader, stands how to reach us; not below codes. */
function footOf(
  ctx: Context,
  { channel, content, ticketId, dispatchId, callId, createdAt }: Claimed,
): Outbound['foot'] {
  if (channelOf(ctx, channel).limits.subject === undefined) return undefined;
  if (callId !== null || (ticketId === null && dispatchId === null)) return undefined;
  const locale = 'locale' in content ? content.locale : ctx.policy.desk.language;
  return reachRows(ctx, locale, createdAt);
}

/** What is said of a notice after its first message there hangs from that one: a reply, or one thread of mail. What is said of several stands alone. */
async function hangsFrom(
  { database: { sql } }: Context,
  { id, dispatchId, placeId, content }: Claimed,
): Promise<MessageRef | undefined> {
  const isBundle = 'bundle' in content && content.bundle;
  const first = dispatchId === null || isBundle ? undefined : await firstTold(sql, dispatchId, placeId);
  return first === undefined || first.id === id ? undefined : (first.ref ?? undefined);
}

/** Where messages have subjects: of a message about a ticket, its number and subject; of another, what it brings. */
async function subjectFor(
  ctx: Context,
  { channel, ticketId, content }: Claimed,
): Promise<string | undefined> {
  const most = channelOf(ctx, channel).limits.subject;
  if (most === undefined) return undefined;
  if (ticketId !== null) return oneLine(`[#${ticketId}] ${await subjectOf(ctx, ticketId)}`, most);
  if (!('subject' in content) || content.subject === undefined) return undefined;
  return oneLine(plain(ctx.phrases.say(content.locale, content.subject, content.args)), most);
}

/** Makes the first message of a new place, with its title and its person. */
export async function composeThread(ctx: Context, claimed: Claimed): Promise<OutboundThread> {
  if (claimed.person === null || claimed.ticketId === null)
    throw new Error('a new place needs a person and a ticket');
  const subject = await subjectOf(ctx, claimed.ticketId);
  const mark = `#${claimed.ticketId}`;
  return {
    ...(await composeMessage(ctx, claimed)),
    title: oneLine(`${mark} ${subject}`, 80),
    mark,
    person: claimed.person,
    near: claimed.near ?? undefined,
  };
}

/** Makes the head of a desk post: the card of the delivery's ticket, or the sheet of a post that is about none. */
export async function composeCard(ctx: Context, claimed: Claimed): Promise<Card> {
  const id = String(claimed.id);
  return claimed.ticketId === null ? sheetCard(ctx, claimed.placeId, id) : cardOf(ctx, claimed.ticketId, id);
}

/** In a chat that several tickets share, each message about one says which. */
async function ticketHead(ctx: Context, claimed: Claimed): Promise<string> {
  if ('say' in claimed.content && 'number' in claimed.content.args) return '';
  const subject = await subjectOf(ctx, claimed.ticketId as number);
  return `**#${claimed.ticketId}** · ${literalInline(subject)}\n\n`;
}

async function subjectOf(ctx: Context, ticketId: number): Promise<string> {
  const rows = await ctx.database.db
    .select({ subject: ticket.subject })
    .from(ticket)
    .where(eq(ticket.id, ticketId))
    .prepare('subject')
    .execute();
  return rows[0]?.subject ?? '';
}

/** The first words about a ticket are put in before it has its number. */
function withNumber({ content, ticketId }: Claimed): Content {
  if (!('say' in content) || !('number' in content.args) || ticketId === null) return content;
  const { area } = content.args;
  const args = { ...content.args, number: ticketId };
  if (typeof area !== 'object') return { ...content, args };
  return { ...content, args: { ...args, area: raw(area.raw.replaceAll('{ticket}', String(ticketId))) } };
}

function speak(ctx: Context, content: Content): { text: string; buttons: readonly Button[] } {
  if ('say' in content) {
    const buttons = (content.buttons ?? []).map(({ action, say, args, style }) => ({
      action,
      label: oneLine(plain(ctx.phrases.say(content.locale, say, args)), 40),
      style,
    }));
    return { text: ctx.phrases.say(content.locale, content.say, content.args), buttons };
  }
  if ('text' in content) {
    const by = content.by === undefined ? '' : `**${literal(content.by)}**\n\n`;
    const after = content.after === undefined ? '' : `\n\n${content.after}`;
    return { text: by + content.text + after, buttons: content.buttons ?? [] };
  }
  if ('files' in content)
    return { text: content.by === undefined ? '' : `**${literal(content.by)}**\n\n`, buttons: [] };
  throw new Error('a card or a mark is no message');
}
