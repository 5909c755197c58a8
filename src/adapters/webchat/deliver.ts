import {
  type Address,
  type Found,
  type Line,
  type LineBody,
  type Lookup,
  literal,
  type MessageRef,
  type Outbound,
  type OutboundThread,
  type Receipt,
  whyOf,
} from '../../core/index.ts';
import type { WebchatConfig } from './config.ts';
import type { Hub } from './hub.ts';
import { isCustomer, isRoom } from './identify.ts';
import { limits } from './limits.ts';

/** What sending works with. */
export interface Outlet {
  readonly config: Pick<WebchatConfig, 'rooms' | 'log'>;
  readonly hub: Hub;
}

const GONE: Receipt = { outcome: 'refused', code: 'gone', why: 'there is no such chat' };
const TOO_LONG: Receipt = { outcome: 'refused', code: 'invalid', why: 'the text is too long for a bubble' };
/** A title stands above a ticket's first message: 80 signs (`OutboundThread`), each maybe escaped. */
const TITLE = 200;
const NOWHERE: Receipt = { outcome: 'refused', code: 'invalid', why: 'it is no chat of ours' };

/** Puts a message into a room: it is there for good before anybody sees it, and once, by the id of its delivery. */
export async function deliver(outlet: Outlet, message: Outbound, to: Address): Promise<Receipt> {
  if (!isRoom(to)) return NOWHERE;
  if (limits.measure(message.text) > limits.text + TITLE) return TOO_LONG;
  return tried(outlet, async rooms => {
    const line = await rooms.add(to, { ours: true, key: message.id, body: bodyOf(message) });
    if (line === undefined) return GONE;
    outlet.hub.changed(to, line);
    return delivered(line);
  });
}

/** A ticket's first message goes into the person's one chat. */
export async function openThread(outlet: Outlet, thread: OutboundThread): Promise<Receipt> {
  const opened = await openChat(outlet, thread.person);
  if (opened.outcome !== 'delivered' || opened.address === undefined) return opened;
  const { address } = opened;
  const text = `**${literal(thread.title)}**\n\n${thread.text}`;
  const receipt = await deliver(outlet, { ...thread, text }, address);
  return receipt.outcome === 'delivered' ? { ...receipt, address } : receipt;
}

/** The person's room: a customer always has one, a visitor's was made when they came. */
export async function openChat(outlet: Outlet, person: { readonly externalId: string }): Promise<Receipt> {
  const { externalId: address } = person;
  if (!isRoom(address)) return NOWHERE;
  return tried(outlet, async rooms => {
    const room = isCustomer(address) ? await rooms.make(address) : await rooms.at(address);
    return room === undefined ? GONE : { outcome: 'delivered', address, unasked: true };
  });
}

/** Shows a message of ours anew. */
export async function edit(
  outlet: Outlet,
  message: Outbound,
  to: Address,
  ref: MessageRef,
): Promise<Receipt> {
  return change(outlet, to, ref, bodyOf(message), {
    outcome: 'refused',
    code: 'invalid',
    why: 'the message is gone',
  });
}

/** Takes a message of ours back. */
export async function remove(outlet: Outlet, to: Address, ref: MessageRef): Promise<Receipt> {
  return change(outlet, to, ref, null, { outcome: 'delivered', ref });
}

async function change(
  outlet: Outlet,
  to: Address,
  ref: MessageRef,
  body: LineBody | null,
  gone: Receipt,
): Promise<Receipt> {
  if (!isRoom(to) || !/^\d{1,15}$/.test(ref)) return NOWHERE;
  return tried(outlet, async rooms => {
    const line = await rooms.change(to, Number(ref), body);
    if (line === undefined) return gone;
    outlet.hub.changed(to, line);
    return delivered(line);
  });
}

/** An attempt whose end nobody saw was done when its line is there. */
export async function find({ config: { rooms } }: Outlet, { id, to, person }: Lookup): Promise<Found> {
  const address = to ?? person?.externalId;
  if (address === undefined || !isRoom(address)) return { outcome: 'absent' };
  const line = await rooms.find(address, id).catch(() => 'unsure' as const);
  if (line === 'unsure') return { outcome: 'unsure' };
  return line === undefined
    ? { outcome: 'absent' }
    : { outcome: 'delivered', ref: String(line.ref), address };
}

function bodyOf({ text, author, automatic, buttons }: Outbound): LineBody {
  return {
    text,
    ...(author !== undefined && { author }),
    ...(automatic && { automatic }),
    ...(buttons.length > 0 && { buttons }),
  };
}

const delivered = ({ ref }: Line): Receipt => ({ outcome: 'delivered', ref: String(ref) });

/** The database may have done it without its answer coming through: it is looked for then. */
async function tried(
  { config: { rooms, log } }: Outlet,
  act: (rooms: WebchatConfig['rooms']) => Promise<Receipt>,
): Promise<Receipt> {
  try {
    return await act(rooms);
  } catch (error) {
    log.warn('webchat: a room could not be written', { why: whyOf(error) });
    return { outcome: 'unknown', why: 'the database did not answer' };
  }
}

/** Whoever is there sees that somebody writes to them: at once where their bubble is open at this process, within a second at another. */
export function showWriting({ config: { rooms, log }, hub }: Outlet, to: Address): void {
  if (!isRoom(to)) return;
  rooms.write(to).then(
    at => at !== undefined && hub.writing(to, at),
    error => log.warn('webchat: it could not be shown that somebody writes', { why: whyOf(error) }),
  );
}
