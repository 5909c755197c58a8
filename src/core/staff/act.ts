import type { Handle } from '../actor.ts';
import type { Answer, Pressed, Said } from '../channel/index.ts';
import type { Act } from '../context.ts';
import { Refusal } from '../errors.ts';
import { setApart } from '../notice/index.ts';
import { clip, isBlank } from '../text/index.ts';
import {
  askProof,
  claim,
  lockTicket,
  type Move,
  makeTicket,
  move,
  note,
  noteIn,
  readNumber,
  reply,
  resend,
  showFolded,
} from '../ticket/index.ts';
import { asStaff } from './authorise.ts';

/** A person at the desk: who, with which roles, in which ticket's post. */
export interface AtDesk {
  readonly handle: Handle;
  readonly roles: readonly string[];
  readonly placeId: number;
  readonly ticketId: number;
}

/** Buttons at the desk: the word before the number in their action. */
const deskActions = [
  'page-ack',
  'page-pass',
  'page-all',
  'claim',
  'wait',
  'solve',
  'close',
  'reopen',
  'resend',
  'verify',
  'ticket',
  'apart',
  'folded',
  'notice-send',
  'notice-form',
];

/** True for the action of a button that only staff may press. */
export function isDeskAction(action: string): boolean {
  return deskActions.includes(action.split(':')[0] ?? '');
}

/** A plain message in a desk post is a reply to the customer; one that begins with `//` is a note. */
export async function speakAtDesk(act: Act, desk: AtDesk, said: Said): Promise<Answer> {
  const staff = await asStaff(act, desk.handle, desk.roles);
  const ticket = await lockTicket(staff, desk.ticketId);
  const noted = noteIn(said.text);
  const text = noted ?? said.text;
  const files = said.files ?? [];
  if (isBlank(text) && files.length === 0) throw new Refusal('nothing-written');
  await (noted === undefined ? reply : note)(staff, ticket, {
    text: isBlank(text) ? '' : text,
    files,
    placeId: desk.placeId,
    ref: said.ref,
  });
  return { type: 'nothing' };
}

const moves: Readonly<Record<string, Move>> = {
  wait: 'wait',
  solve: 'solve',
  close: 'close',
  reopen: 'reopen',
};

/** A button in the ticket's post. The ticket that is meant and the post it is pressed in must be the same. */
export async function pressAtDesk(act: Act, desk: AtDesk, pressed: Pressed): Promise<Answer> {
  const staff = await asStaff(act, desk.handle, desk.roles);
  const [verb = '', number] = pressed.action.split(':');
  if (verb === 'resend') {
    await resend(staff, await lockTicket(staff, desk.ticketId), readNumber(number ?? ''));
    return say(staff, 'resent-by-you', desk.ticketId);
  }
  if (number !== String(desk.ticketId))
    throw new Refusal('ticket-not-found', { number: clip(String(number), 20) });
  if (verb === 'claim') {
    await claim(staff, await lockTicket(staff, desk.ticketId), desk.handle);
    return say(staff, 'claimed-by-you', desk.ticketId);
  }
  if (verb === 'verify') {
    await askProof(staff, await lockTicket(staff, desk.ticketId));
    return say(staff, 'done-verify', desk.ticketId);
  }
  if (verb === 'ticket') {
    await makeTicket(staff, await lockTicket(staff, desk.ticketId));
    return say(staff, 'done-ticket', desk.ticketId);
  }
  if (verb === 'folded')
    return { type: 'say', text: await showFolded(staff, await lockTicket(staff, desk.ticketId)) };
  if (verb === 'apart') {
    await setApart(staff, await lockTicket(staff, desk.ticketId));
    return say(staff, 'done-apart', desk.ticketId);
  }
  const step = moves[verb];
  if (step === undefined) return { type: 'nothing' };
  await move(staff, await lockTicket(staff, desk.ticketId), step);
  return say(staff, `done-${step}`, desk.ticketId);
}

function say(act: Act, key: string, number: number): Answer {
  const { actor } = act;
  const locale = actor.type === 'system' ? act.policy.staff.language : actor.handle.locale;
  return { type: 'say', text: act.phrases.say(locale, key, { number }) };
}
