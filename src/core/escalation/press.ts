import type { Handle } from '../actor.ts';
import type { Answer } from '../channel/index.ts';
import { type Act, as } from '../context.ts';
import { Refusal } from '../errors.ts';
import { lockTicket, whenSaid } from '../ticket/index.ts';
import { acknowledgeClimb, lockClimb, passClimb } from './climb.ts';
import type { PersonKey } from './model.ts';
import { personOf } from './people.ts';
import type { PageDeed } from './rules/page-token.ts';

/** Tickets that one press acknowledges. */
const AT_ONCE = 200;

const deeds: Readonly<Record<string, PageDeed['deed']>> = {
  'page-ack': 'ack',
  'page-pass': 'pass',
  'page-all': 'all',
};

/** What a button under a call does; undefined for every other button. */
export function pageDeedIn(action: string): PageDeed | undefined {
  const [, word = '', id = ''] = /^(page-ack|page-pass|page-all):([1-9]\d{0,14})$/.exec(action) ?? [];
  const deed = deeds[word];
  return deed === undefined ? undefined : { id: Number(id), deed };
}

/** Whether somebody is one whom the policy names: they are staff wherever they are reached. */
export function isListed(act: Act, handle: Handle): boolean {
  return !personOf(act, handle).startsWith('@');
}

/** A button under a call, pressed by somebody of the staff: they have it in hand, or they cannot. Throws `Refusal` when the call is over. */
export async function pressPage(act: Act, who: Handle, asked: PageDeed): Promise<Answer> {
  const staff = as(act, { type: 'staff', handle: who });
  const key = personOf(act, who);
  const done = await doPage(staff, asked, key);
  const speaks = act.policy.people.find(one => one.id === key)?.language;
  return { type: 'say', text: doneText(act, speaks ?? who.locale, done) };
}

/** What came of it. */
export interface PageDone {
  readonly deed: PageDeed['deed'];
  /** The tickets that it was about, and until when they are to be answered. */
  readonly numbers: readonly number[];
  readonly until: Date | undefined;
  /** More of the same call wait. */
  readonly left: boolean;
}

/** Does it for a person. Throws `Refusal` when the call is over. */
export async function doPage(act: Act, { id, deed }: PageDeed, person: PersonKey): Promise<PageDone> {
  if (deed === 'all') return acknowledgeAll(act, id, person);
  const [page] = await act.tx<{ ticketId: number; climbId: number }[]>`
    select ticket_id as "ticketId", climb_id as "climbId" from page where id = ${id}`;
  if (page === undefined) throw new Refusal('page-over');
  const ticket = await lockTicket(act, page.ticketId);
  const climb = await lockClimb(act, page.ticketId);
  if (climb?.id !== page.climbId) throw new Refusal('page-over');
  const numbers = [page.ticketId];
  if (deed === 'pass') {
    await passClimb(act, ticket, climb, person, 'passed');
    return { deed, numbers, until: undefined, left: false };
  }
  if (climb.state === 'acknowledged' && climb.person === person) throw new Refusal('already-so');
  return { deed, numbers, until: await acknowledgeClimb(act, ticket, climb, person), left: false };
}

/** In the order of the tickets, which all share. */
async function acknowledgeAll(act: Act, callId: number, person: PersonKey): Promise<PageDone> {
  const pages = await act.tx<{ ticketId: number; climbId: number }[]>`
    select ticket_id as "ticketId", climb_id as "climbId" from page where call_id = ${callId} and state = 'called'
    order by ticket_id limit ${AT_ONCE}`;
  const numbers: number[] = [];
  let until: Date | undefined;
  for (const { ticketId, climbId } of pages) {
    const ticket = await lockTicket(act, ticketId);
    const climb = await lockClimb(act, ticketId);
    if (climb?.id !== climbId) continue;
    until = await acknowledgeClimb(act, ticket, climb, person);
    numbers.push(ticketId);
  }
  if (numbers.length === 0) throw new Refusal('page-over');
  return { deed: 'all', numbers, until, left: pages.length === AT_ONCE };
}

/** Says to whoever did it what came of it. */
export function doneText(
  act: Pick<Act, 'phrases' | 'policy' | 'at'>,
  locale: string,
  done: PageDone,
): string {
  const say = act.phrases.say.bind(act.phrases, locale);
  const [number = 0] = done.numbers;
  if (done.deed === 'pass') return say('page-passed-by-you', { number });
  const until = whenSaid(act as Act, done.until ?? act.at, locale);
  if (done.deed === 'ack') return say('page-acknowledged-by-you', { number, until });
  return say(done.left ? 'page-all-by-you-more' : 'page-all-by-you', { count: done.numbers.length, until });
}
