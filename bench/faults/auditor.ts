/**
 * Compares what people did with what they see in the end. It knows nothing of the desk but what people know: what is written in a ticket
 * appears at the desk, what staff answer appears at the customer, `//` is for staff alone, and ✅ ❌ ❓ say what became of an answer.
 */
import type { MessageView, PlaceView, Screen } from '../../src/simulator/model.ts';
import { type Deed, type Evidence, numberIn, QUESTION, TOKEN } from './model.ts';
import { auditNotices } from './notices.ts';
import { auditRooms } from './rooms.ts';

/** What was found. All but `people_did` and `told` must be 0. */
export interface Audit {
  readonly people_did: number;
  /** Taken by the desk, or sure to come, and not there. */
  readonly lost: number;
  readonly duplicated: number;
  /** Not in the order in which it was said in its place. */
  readonly reordered: number;
  /** Answers on Telegram of which staff were not shown that nobody knows whether they came. */
  readonly unknown_hidden: number;
  /** Notes that a customer saw. */
  readonly leaked: number;
  /** Answers that did not come, or maybe not, and staff were told. */
  readonly told: number;
  /** One line for each fault. */
  readonly faults: readonly string[];
}

/** A token in a message. */
interface Sight {
  readonly screen: Screen;
  readonly place: PlaceView;
  readonly message: MessageView;
  readonly index: number;
}

interface Sights {
  /** What the desk's bot shows, by token. */
  readonly shown: ReadonlyMap<string, readonly Sight[]>;
  /** What people wrote themselves. */
  readonly written: ReadonlyMap<string, Sight>;
}

type Finding = 'lost' | 'duplicated' | 'reordered' | 'unknown_hidden' | 'leaked' | 'told';

/** Looks at all deeds, but for those that were settled. */
export function audit(all: Evidence): Audit {
  const evidence = { ...all, deeds: all.deeds.filter(({ token }) => all.settled?.has(token) !== true) };
  const sights = lookAround(evidence.screens);
  const found: { readonly what: Finding; readonly line: string }[] = [];
  const note = (what: Finding, deed: Deed, why: string): void =>
    void found.push({
      what,
      line: `${what}: ${deed.person} on ${deed.platform} ${deed.kind} ${deed.token} in #${deed.number ?? '?'}: ${why}`,
    });
  for (const deed of evidence.deeds) judge(deed, sights, evidence, note);
  for (const { deed, after } of outOfOrder(evidence, sights))
    note('reordered', deed, `${after.token} was said after it and stands before it`);
  for (const { what, deed, why } of auditRooms(evidence)) note(what, deed, why);
  for (const line of twice(evidence.screens)) found.push({ what: 'duplicated', line });
  found.push(...auditNotices(evidence));
  const count = (what: Finding): number => found.filter(one => one.what === what).length;
  return {
    people_did: all.deeds.length + (all.said?.length ?? 0),
    lost: count('lost'),
    duplicated: count('duplicated'),
    reordered: count('reordered'),
    unknown_hidden: count('unknown_hidden'),
    leaked: count('leaked'),
    told: count('told'),
    faults: found.filter(({ what }) => what !== 'told').map(({ line }) => line),
  };
}

/**
 * What can be told of a place that is to be deleted: the tokens in it, when all that was done there is known and well. Undefined when
 * something is still under way, or wrong: then nobody could judge it afterwards.
 */
export function settle(place: PlaceView, evidence: Evidence): readonly string[] | undefined {
  const tokens = place.messages.flatMap(({ text }) => text.match(TOKEN) ?? []);
  const known = new Set(evidence.deeds.map(({ token }) => token));
  const { faults } = audit(evidence);
  const isWell = tokens.every(token => known.has(token) && !faults.some(line => line.includes(token)));
  return isWell ? tokens : undefined;
}

/** Staff of the desk in Discord. */
const isAtDesk = ({ role, platform }: Screen): boolean => role === 'staff' && platform === 'discord';

/** Posts are the same for all staff: one of them is enough. */
function lookAround(screens: readonly Screen[]): Sights {
  const shown = new Map<string, Sight[]>();
  const written = new Map<string, Sight>();
  const staff = screens.find(isAtDesk);
  for (const screen of screens.filter(one => one.role === 'customer' || one === staff))
    for (const place of screen.places)
      for (const [index, message] of place.messages.entries())
        for (const [token] of message.text.matchAll(TOKEN)) {
          const sight = { screen, place, message, index };
          if (message.bot) shown.set(token, [...(shown.get(token) ?? []), sight]);
          else written.set(token, sight);
        }
  return { shown, written };
}

const atDesk = ({ screen, place }: Sight): boolean => screen.role === 'staff' && place.kind === 'post';
const atCustomer = ({ screen }: Sight): boolean => screen.role === 'customer';

type Note = (what: Finding, deed: Deed, why: string) => void;

function judge(deed: Deed, sights: Sights, evidence: Evidence, note: Note): void {
  const shown = sights.shown.get(deed.token) ?? [];
  switch (deed.kind) {
    case 'opened':
      judgeOpened(deed, sights, note);
      break;
    case 'wrote':
      judgeWritten(deed, shown.filter(atDesk), evidence, sights, note);
      break;
    case 'replied':
      judgeReply(deed, shown.filter(atCustomer), sights.written.get(deed.token), note);
      break;
    case 'noted':
      if (shown.some(atCustomer)) note('leaked', deed, 'a customer sees it');
      break;
    case 'pressed':
      break;
  }
}

function judgeOpened(deed: Deed, { shown }: Sights, note: Note): void {
  const posts = (token: string): readonly Sight[] => (shown.get(token) ?? []).filter(atDesk);
  const places = new Set(posts(deed.token).map(({ place }) => place.id));
  if (places.size > 1) note('duplicated', deed, `it is in ${places.size} posts`);
  const isThere = [deed.token, ...(deed.instead ?? [])].some(token => posts(token).length > 0);
  if (deed.seen && !isThere) note('lost', deed, 'no post shows it');
}

function judgeWritten(
  deed: Deed,
  posts: readonly Sight[],
  evidence: Evidence,
  sights: Sights,
  note: Note,
): void {
  if (posts.length > 1) note('duplicated', deed, `it stands at the desk ${posts.length} times`);
  const [first] = posts;
  if (first === undefined) {
    if (!wasRefused(deed, evidence) && !wasAnAnswer(deed, evidence) && !isKept(deed, evidence, sights))
      note('lost', deed, 'the desk does not show it');
  } else if (deed.number !== undefined && numberIn(first.place.title) !== deed.number)
    note('lost', deed, `it went to ${first.place.title}`);
}

/** Whoever writes in a ticket that is closed is told that it has not reached the desk. */
function wasRefused(deed: Deed, evidence: Evidence): boolean {
  return saidSince(deed, evidence).some(({ bot, text }) => bot && text.includes('has not reached us'));
}

/**
 * What is said while the form is open in the same chat is an answer to it, and the desk asks again, or goes on asking. A question that
 * follows only because the person asked for a form since proves nothing, unless it says that one was open, or that the words go with it; and
 * an offer that comes so late may be about other words.
 */
function wasAnAnswer(deed: Deed, evidence: Evidence): boolean {
  if (deed.platform !== 'telegram') return false;
  const since = saidSince(deed, evidence);
  const asked = since.findIndex(({ bot, text }) => !bot && text === '/ticket');
  const before = asked < 0 ? since : since.slice(0, asked);
  if (before.some(({ bot, text }) => bot && (QUESTION.test(text) || OFFER.test(text)))) return true;
  const next = since.find(({ bot, text }) => bot && QUESTION.test(text));
  return next !== undefined && /You had begun to open|What you wrote goes with/.test(next.text);
}

/**
 * The person was told that their words go with the request that they have begun, or was asked the next question: as often as they said something that no
 * desk shows. Each `/ticket` is answered with a question, too.
 */
function isKept(deed: Deed, evidence: Evidence, { shown }: Sights): boolean {
  const since = saidSince(deed, evidence);
  const isKeeping = (text: string): boolean => text.includes('What you wrote goes with');
  const kept = since.filter(({ bot, text }) => bot && isKeeping(text)).length;
  const questions = since.filter(({ bot, text }) => bot && QUESTION.test(text) && !isKeeping(text)).length;
  const asked = since.filter(({ bot, text }) => !bot && text === '/ticket').length;
  const waiting = since.filter(
    ({ bot, text }) =>
      !bot && (text.match(TOKEN) ?? []).some(token => !(shown.get(token) ?? []).some(atDesk)),
  );
  return deed.platform === 'telegram' && kept + Math.max(0, questions - asked) > waiting.length;
}

/** Who has no open ticket is asked whether this is to become one. */
const OFFER = /Shall we open one\?/;

/** What stands after it in its place. */
function saidSince({ token, person, platform }: Deed, { screens }: Evidence): readonly MessageView[] {
  const screen = screens.find(one => one.person === person && one.platform === platform);
  for (const { messages } of screen?.places ?? []) {
    const said = messages.findIndex(({ text, bot }) => !bot && text.includes(token));
    if (said >= 0) return messages.slice(said + 1);
  }
  return [];
}

function judgeReply(deed: Deed, shown: readonly Sight[], own: Sight | undefined, note: Note): void {
  const marks = (own?.message.reactions ?? []).map(({ emoji }) => emoji);
  const isTold = marks.includes('❌') || marks.includes('❓');
  if (shown.length > 1) note('duplicated', deed, `the customer sees it ${shown.length} times`);
  const [first] = shown;
  if (first === undefined && isTold) note('told', deed, 'staff know');
  else if (first === undefined && deed.platform === 'telegram' && !marks.includes('✅'))
    note('unknown_hidden', deed, 'the customer does not see it, and staff were told nothing');
  else if (first === undefined) note('lost', deed, `the customer does not see it; marks: ${marks.join(' ')}`);
  else if (!isTold && !marks.includes('✅'))
    note('unknown_hidden', deed, 'the customer sees it, and staff see no mark');
}

/** Deeds that stand after something that was said later in the same place, each with one of those. */
function outOfOrder(
  { deeds, acknowledged }: Evidence,
  { shown, written }: Sights,
): { readonly deed: Deed; readonly after: Deed }[] {
  const streams = new Map<
    string,
    { readonly deed: Deed; readonly said: number; readonly stands: number }[]
  >();
  for (const deed of deeds) {
    const source = written.get(deed.token);
    const target = (shown.get(deed.token) ?? []).find(deed.kind === 'replied' ? atCustomer : atDesk);
    if (source === undefined || target === undefined || (deed.kind !== 'wrote' && deed.kind !== 'replied'))
      continue;
    // Mails have no order on their way: one that waits keeps no other.
    if (deed.kind === 'wrote' && deed.platform === 'mail') continue;
    const key = [source.screen.platform, source.place.id, target.screen.platform, target.place.id].join('|');
    const stream = streams.get(key) ?? [];
    streams.set(key, [...stream, { deed, said: source.index, stands: target.index }]);
  }
  const late: { readonly deed: Deed; readonly after: Deed }[] = [];
  for (const stream of streams.values()) {
    const inOrder = stream.toSorted((a, b) => a.said - b.said);
    for (const [at, one] of inOrder.entries()) {
      const before = inOrder
        .slice(at + 1)
        .find(after => after.stands < one.stands && !cameAfter(one.deed, after.deed, acknowledged));
      if (before !== undefined) late.push({ deed: one.deed, after: before.deed });
    }
  }
  return late;
}

/** Slack brings an event that was not taken again, a minute later: what was said in between comes first, and nobody can know. */
function cameAfter(one: Deed, after: Deed, acknowledged: ReadonlyMap<string, number>): boolean {
  if (one.kind !== 'wrote' || one.platform !== 'slack') return false;
  return (acknowledged.get(one.token) ?? Number.POSITIVE_INFINITY) > after.at;
}

/** Tickets with more than one post, or with more than one conversation. */
function twice(screens: readonly Screen[]): string[] {
  const staff = screens.find(isAtDesk);
  return screens
    .filter(one => one.role === 'customer' || one === staff)
    .flatMap(({ person, platform, places }) => {
      const numbers = places
        .filter(({ kind }) => kind === 'post' || kind === 'thread')
        .flatMap(({ title }) => numberIn(title) ?? []);
      return numbers
        .filter((number, index) => numbers.indexOf(number) !== index)
        .map(number => `duplicated: ${person} on ${platform} sees two places of #${number}`);
    });
}
