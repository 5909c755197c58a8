/** The desk in a group with topics: a topic for each ticket, with the card at its head. */
import {
  type Address,
  type Card,
  clip,
  literal,
  literalInline,
  type Mark,
  type MessageRef,
  type Phrasebook,
  plain,
  type Receipt,
} from '../../core/index.ts';
import { isBadToken, isUnchanged, movedTo, receiptOf, whyOf } from './api.ts';
import { limits, MAX_TOPIC_NAME } from './limits.ts';
import { messageKey } from './memory.ts';
import { aside, delivered, noSuchPlace, type Outlet } from './outlet.ts';
import { addressOf, messageIdOf, type Spot, spotOf } from './place.ts';
import { format } from './render.ts';
import { editText, showReaction } from './revise.ts';

/** What the desk works with. */
export interface Desk extends Outlet {
  readonly chatId: number;
  readonly phrases: Phrasebook;
  readonly staffLocale: string;
}

/** Of Telegram's emoji for reactions, which have no check mark and no cross. The card says what they mean. */
const MARKS: Readonly<Record<Mark, string>> = { sent: '👌', failed: '👎', unknown: '🤔' };

const chatOf = ({ memory, chatId }: Desk): number => memory.movedTo ?? chatId;

/**
 * Opens a topic with the card in it, pinned where the bot may pin. Two calls: a topic that was made is remembered until it has its card, so
 * that a second attempt goes on there. A lost answer is tried again: staff may find an empty topic, and never a ticket without one.
 */
export async function openPost(at: Desk, card: Card): Promise<Receipt> {
  const known = at.memory.made.get(card.mark);
  const group = { chatId: chatOf(at) };
  const wait = (known === undefined ? at.pace.take(group) : undefined) ?? at.pace.take(group);
  if (wait !== undefined) return wait;
  try {
    const threadId = known ?? (await makeTopic(at, card));
    const spot = { chatId: chatOf(at), threadId };
    const sent = await sendCard(at, card, spot);
    at.memory.made.delete(card.mark);
    await pin(at, spot.chatId, sent);
    return { ...delivered(at, spot, sent), address: addressOf(spot) } as Receipt;
  } catch (error) {
    return posted(at, card, error);
  }
}

/** Shows the card anew, and closes the topic of a closed ticket. A card that was deleted is sent again. */
export async function showCard(
  at: Desk,
  card: Card,
  to: Address,
  ref: MessageRef | undefined,
): Promise<Receipt> {
  const spot = spotOf(to);
  if (spot?.threadId === undefined) return noSuchPlace;
  try {
    const shown = await renewCard(at, card, spot, ref === undefined ? undefined : messageIdOf(ref));
    await setClosed(at, spot, to, card.state === 'closed');
    return { outcome: 'delivered', address: to, ref: String(shown) };
  } catch (error) {
    return receiptOf(error, at.log);
  }
}

/** Puts a mark on a staff message. */
export async function react(at: Desk, mark: Mark, to: Address, ref: MessageRef): Promise<Receipt> {
  const { chatId } = spotOf(to) ?? {};
  const id = messageIdOf(ref);
  if (chatId === undefined || id === undefined) return noSuchPlace;
  at.memory.marks.set(messageKey(chatId, id), MARKS[mark]);
  return showReaction(at, MARKS[mark], chatId, id);
}

/**
 * What somebody is in the desk's group, for `staff.roles.telegram` of the policy: `administrator`, `member` (of an administrator too), and
 * their id. Nobody who is not in it has any. `undefined` when Telegram cannot be asked.
 */
export async function rolesOf(at: Desk, externalId: string): Promise<readonly string[] | undefined> {
  const id = Number(externalId);
  if (!Number.isSafeInteger(id) || id <= 0) return [];
  try {
    const member = await at.clients.calls.getChatMember(chatOf(at), id);
    switch (member.status) {
      case 'creator':
      case 'administrator':
        return ['administrator', 'member', externalId];
      case 'member':
        return ['member', externalId];
      case 'restricted':
        return member.is_member ? ['member', externalId] : [];
      default:
        return [];
    }
  } catch (error) {
    if (/PARTICIPANT_ID_INVALID|user not found|invalid user_id/i.test(whyOf(error))) return [];
    at.log.warn('telegram: the roles of somebody cannot be had', { why: whyOf(error) });
    return undefined;
  }
}

async function makeTopic(at: Desk, card: Card): Promise<number> {
  const name = clip(card.title, MAX_TOPIC_NAME);
  const topic = await following(at, chatId => at.clients.calls.createForumTopic(chatId, name));
  at.memory.made.set(card.mark, topic.message_thread_id);
  return topic.message_thread_id;
}

/** An upgraded group has a new id, which comes with the refusal: nothing was done under the old one. */
async function following<T>(at: Desk, act: (chatId: number) => Promise<T>): Promise<T> {
  try {
    return await act(chatOf(at));
  } catch (error) {
    const moved = movedTo(error);
    if (moved === undefined) throw error;
    at.memory.movedTo = moved;
    at.log.warn('telegram: the desk’s group was upgraded: set TELEGRAM_DESK_CHAT_ID to its new id', {
      id: moved,
    });
    return act(moved);
  }
}

async function sendCard(at: Desk, card: Card, spot: Spot): Promise<number> {
  const { text, entities } = format(cardText(at, card));
  const sent = await at.clients.calls.sendMessage(spot.chatId, text, {
    entities: [...entities],
    link_preview_options: { is_disabled: true },
    ...aside({ buttons: card.buttons }, spot),
  });
  return sent.message_id;
}

async function pin({ clients, log }: Desk, chatId: number, messageId: number): Promise<void> {
  await clients.calls
    .pinChatMessage(chatId, messageId, { disable_notification: true })
    .catch((error: unknown) => log.info('telegram: a card was not pinned', { why: whyOf(error) }));
}

/** The topic that was made, or not, hurts nobody when it is tried again; only staff see it. */
function posted(at: Desk, card: Card, error: unknown): Receipt {
  const receipt = receiptOf(error, at.log);
  if (receipt.outcome === 'unknown')
    return { outcome: 'retry', afterMs: 1_000, scope: 'place', why: receipt.why };
  // The remembered topic was deleted meanwhile: the next attempt makes another.
  if (receipt.outcome === 'refused' && receipt.code === 'gone') at.memory.made.delete(card.mark);
  return receipt;
}

async function renewCard(at: Desk, card: Card, spot: Spot, id: number | undefined): Promise<number> {
  if (id === undefined) return sendCard(at, card, spot);
  try {
    await editText(at.clients.calls, { text: cardText(at, card), buttons: card.buttons }, spot.chatId, id);
    return id;
  } catch (error) {
    if (isUnchanged(error)) return id;
    if (isBadToken(error) || !/message to edit not found|MESSAGE_ID_INVALID/i.test(whyOf(error))) throw error;
    return sendCard(at, card, spot);
  }
}

async function setClosed(
  at: Desk,
  { chatId, threadId = 0 }: Spot,
  address: Address,
  closed: boolean,
): Promise<void> {
  // A topic begins open, and a person may have changed it: what was not set by us is set once.
  if (at.memory.closed.get(address) === closed) return;
  const { calls } = at.clients;
  try {
    await (closed ? calls.closeForumTopic(chatId, threadId) : calls.reopenForumTopic(chatId, threadId));
  } catch (error) {
    if (!isUnchanged(error)) throw error;
  }
  at.memory.closed.set(address, closed);
}

/** The card as a text. */
function cardText({ phrases, staffLocale }: Desk, card: Card): string {
  const head = `**${literalInline(card.title)}**`;
  const tags = card.tags.map(({ label }) => `\`${plain(label).replaceAll('`', "'")}\``).join(' ');
  const lines = card.lines.map(({ label, value }) => `**${literalInline(label)}**: ${value}`).join('\\\n');
  const hint = card.hint && `*${literalInline(card.hint)}*`;
  const marks = card.hint && `*${literalInline(plain(phrases.say(staffLocale, 'telegram-desk-marks')))}*`;
  const text = (body: string) => [head, tags, lines, body, hint, marks].filter(Boolean).join('\n\n');
  const whole = text(card.body);
  const over = limits.measure(whole) - limits.text;
  if (over <= 0) return whole;
  const body = plain(card.body);
  return text(literal(clip(body, Math.max(1, body.length - over - 100))));
}
