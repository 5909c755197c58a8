import type { Handle } from '../actor.ts';
import type { Answer, Button, Said } from '../channel/index.ts';
import { type Act, channelOf } from '../context.ts';
import { Refusal } from '../errors.ts';
import {
  beginTalk,
  cancelTalk,
  draftAt,
  hearTalk,
  isTalking,
  offerToOpen,
  openButton,
  parkTalk,
  pressTalk,
  type Talk,
} from '../intake/index.ts';
import { type Answered, noticeBehind } from '../notice/index.ts';
import { reachText } from '../reach/index.ts';
import { clip, isBlank, oneLine, plain } from '../text/index.ts';
import { listOwn, lockOwnTicket, readNumber, type TicketLine, write } from '../ticket/index.ts';
import { answerNotice } from './answer-notice.ts';
import { close, escalateOwn, helpText, listText, reopenOwn, replyOwn, showText } from './ask.ts';
import { beginChat } from './begin-chat.ts';
import { link } from './link.ts';
import { me } from './me.ts';
import { type PlaceRow, utterance } from './model.ts';
import { pressNotify, showNotify } from './notify.ts';
import { obey } from './obey.ts';
import type { Performed } from './perform.ts';
import { numberIn, pressProof } from './press-proof.ts';
import { hearWords, pressRate, waitForWords } from './rate.ts';
import { wordIn } from './rules/words.ts';
import { status } from './status.ts';
import { hearNotify, waitForNotify } from './wait-for-notify.ts';
import { isProof, proofAwaited, waitForProof } from './wait-for-proof.ts';

const NOTHING: Answer = { type: 'nothing' };
/** Buttons to switch tickets: at most this many. */
const SWITCHES = 5;
/** Commands that leave the conversation. */
const CANCEL_COMMANDS = ['cancel', '/cancel', 'anuluj', '/anuluj'];

/** A person's own chat with the desk: commands, the conversation that opens a ticket, and messages to whichever ticket is current. */
export async function chat(act: Act, owner: Handle, place: PlaceRow, inbound: Performed): Promise<Answer> {
  const talk: Talk = { act, owner, from: inbound.from, placeId: place.id };
  switch (inbound.type) {
    case 'asked':
      return asked(talk, place, inbound.ask);
    case 'pressed':
      return pressed(talk, place, inbound.action);
    case 'said':
      return said(talk, place, inbound);
  }
}

async function asked(
  talk: Talk,
  place: PlaceRow,
  ask: Extract<Performed, { type: 'asked' }>['ask'],
): Promise<Answer> {
  const { act, owner } = talk;
  switch (ask.what) {
    case 'open':
      return beginTalk(talk, { ...ask, subject: oneLine(ask.subject, 120) });
    case 'list':
      return list(talk, place);
    case 'show':
      return { type: 'say', text: await showText(act, owner, readNumber(ask.number)) };
    case 'close':
      await close(act, owner, readNumber(ask.number));
      return NOTHING;
    case 'reopen':
      await reopenOwn(act, owner, readNumber(ask.number));
      return NOTHING;
    case 'escalate':
      await escalateOwn(act, owner, readNumber(ask.number), ask.text);
      return NOTHING;
    case 'reply':
      return { type: 'say', text: await replyOwn(act, owner, readNumber(ask.number), ask.text) };
    case 'me':
      return me(act, owner);
    case 'link':
      return isBlank(ask.text) ? waitForProof(talk) : link(act, owner, ask.text, { strictly: false });
    case 'status':
      return status(act, owner);
    case 'notify':
      return showNotify(act, owner);
    case 'contact':
      return { type: 'say', text: await reachText(act, owner.locale) };
    case 'help':
      return { type: 'say', text: helpText(act, owner, owner.channel), buttons: [openButton(talk)] };
    case 'unknown': {
      const draft = await draftAt(act, place.id);
      if (draft !== undefined && CANCEL_COMMANDS.includes(ask.words.toLowerCase()))
        return cancelTalk(talk, draft);
      throw new Refusal('unknown-command', { text: oneLine(ask.words, 40) });
    }
    default:
      throw new Refusal('unknown-command', { text: ask.what });
  }
}

async function list(talk: Talk, place: PlaceRow): Promise<Answer> {
  const { act, owner } = talk;
  const open = (await listOwn(act, owner, 50)).filter(one => one.state !== 'closed');
  const buttons = switches(
    talk,
    open.filter(one => one.id !== place.currentTicketId),
  );
  return {
    type: 'say',
    text: await listText(act, owner),
    buttons: open.length === 0 ? [openButton(talk)] : buttons,
  };
}

async function pressed(talk: Talk, place: PlaceRow, action: string): Promise<Answer> {
  const [verb = '', id = '', ...rest] = action.split(':');
  if (verb === 'new') return beginTalk(talk, { subject: '' });
  if (verb === 'link' || verb === 'prove') return waitForProof(talk, numberIn(id));
  const proof = await pressProof(talk.act, talk.owner, verb, id);
  if (proof !== undefined) return proof;
  const rating = await pressRate(talk.act, talk.owner, action);
  if (rating !== undefined) {
    await waitForWords(talk, action);
    return rating;
  }
  const notify = await pressNotify(talk.act, talk.owner, action);
  if (notify !== undefined) {
    await waitForNotify(talk, action.replace(/^notify-/, ''));
    return notify;
  }
  if (verb !== 'use') return pressTalk(talk, verb, id, rest);
  const ticket = await lockOwnTicket(talk.act, talk.owner, readNumber(id));
  await makeCurrent(talk.act, place, ticket.id);
  const draft = await draftAt(talk.act, place.id);
  if (draft !== undefined) await parkTalk(talk, draft);
  return {
    type: 'say',
    text: talk.act.phrases.say(talk.owner.locale, 'now-talking-in', {
      number: ticket.id,
      subject: ticket.subject,
    }),
  };
}

async function said(talk: Talk, place: PlaceRow, message: Said): Promise<Answer> {
  const { act, owner } = talk;
  const { files = [] } = message;
  const half = await draftAt(act, place.id);
  const waited = half && (await proofAwaited(talk));
  if (waited !== undefined && files.length === 0 && isProof(message.text))
    return link(act, owner, plain(message.text), {
      ticket: waited.ticket,
      strictly: waited.ticket !== undefined,
    });
  const rated = half && files.length === 0 ? await hearWords(talk, message.text) : undefined;
  if (rated !== undefined) return rated;
  const answer = half && files.length === 0 ? await hearNotify(talk, message.text) : undefined;
  if (answer !== undefined) return answer;
  // What it waited for may have ended it.
  const draft = half && (await draftAt(act, place.id));
  const answered = message.replyTo === undefined ? undefined : await ticketOf(act, place, message.replyTo);
  const notice = answered === undefined ? await noticeOf(talk, message.replyTo) : undefined;
  if (isTalking(draft) && answered === undefined && notice === undefined)
    return hearTalk(talk, draft, message.text, files);
  if (isBlank(message.text) && files.length === 0) throw new Refusal('nothing-written');
  const open = (await listOwn(act, owner, 50)).filter(one => one.state !== 'closed');
  if (notice !== undefined && notice.ticket === undefined) return answerNotice(talk, notice, message);
  const target = answered ?? notice?.ticket ?? chosen(open, place.currentTicketId);
  if (target === undefined)
    return isForChats(talk) ? beginChat(talk, message) : offerToOpen(talk, message.text, files);
  const word = files.length === 0 ? wordIn(message.text) : undefined;
  if (word !== undefined && word !== 'help') return obey(act, owner, target, word);
  const ticket = await lockOwnTicket(act, owner, target);
  await write(act, owner, ticket, utterance(message, place.id));
  await makeCurrent(act, place, ticket.id);
  const others = open.filter(one => one.id !== ticket.id);
  if (others.length === 0 && ticket.id === place.currentTicketId) return NOTHING;
  const text = act.phrases.say(owner.locale, 'goes-to', { number: ticket.id, subject: ticket.subject });
  return { type: 'say', text, buttons: switches(talk, others) };
}

const isForChats = ({ act, owner }: Talk): boolean => channelOf(act, owner.channel).limits.way === 'chat';

/** The current ticket while it is not closed, else the newest open one. */
function chosen(open: readonly TicketLine[], current: number | null): number | undefined {
  return open.find(one => one.id === current)?.id ?? open[0]?.id;
}

async function makeCurrent(act: Act, place: PlaceRow, ticketId: number): Promise<void> {
  if (place.currentTicketId !== ticketId)
    await act.tx`update place set current_ticket_id = ${ticketId} where id = ${place.id}`;
}

/** The ticket that a message of the chat was about: ours, or the person's own. */
async function ticketOf(act: Act, place: PlaceRow, ref: string): Promise<number | undefined> {
  const rows = await act.tx<{ ticketId: number | null }[]>`
    select ticket_id as "ticketId" from delivery where place_id = ${place.id} and ref = ${ref}
    union all select ticket_id from message where place_id = ${place.id} and ref = ${ref} limit 1`;
  return rows[0]?.ticketId ?? undefined;
}

/** The notice that a message is the answer to. */
async function noticeOf(
  { act, owner, placeId }: Talk,
  ref: string | undefined,
): Promise<Answered | undefined> {
  const who = { placeId, handleId: owner.id, locale: owner.locale };
  return ref === undefined ? undefined : noticeBehind(act, who, ref);
}

function switches({ act, owner }: Talk, tickets: readonly TicketLine[]): Button[] {
  return tickets.slice(0, SWITCHES).map(one => ({
    action: `use:${one.id}`,
    label: clip(
      plain(act.phrases.say(owner.locale, 'switch-to', { number: one.id, subject: one.subject })),
      40,
    ),
  }));
}
