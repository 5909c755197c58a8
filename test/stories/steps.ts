import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { SqlRunner } from '../../drizzle/database.ts';
import type { MessageView, Person, PlaceView, Simulator } from '../../src/simulator/model.ts';
import { faultOf, hasSchema } from '../adapters/discord/schema.ts';
import { telegramRequestFaults } from '../harness/telegram-schema.ts';
import { startWorld, type World, type WorldOptions } from '../harness/world.ts';

/** The world of this file. */
let here: World | undefined;

/** A world for the stories of one file. After each the desk's log must have no errors; at the end all requests agree with the platforms' schemas. */
export function inWorld(options: WorldOptions = {}): World {
  let world: World | undefined;
  beforeAll(async () => {
    world = await startWorld(options);
    here = world;
  });
  afterEach(() => {
    expect(world?.log.lines.filter(line => line.startsWith('error'))).toEqual([]);
  });
  afterAll(async () => {
    await world?.stop();
    if (world !== undefined) expect(faultsIn(world)).toEqual([]);
  });
  return new Proxy({} as World, { get: (_, key) => Reflect.get(world ?? {}, key) as unknown });
}

function faultsIn({ discord, telegram }: World): string[] {
  const toDiscord = hasSchema ? discord.requests.map(faultOf).filter(fault => fault !== undefined) : [];
  return [...toDiscord, ...telegram.requests.flatMap(({ path, body }) => telegramRequestFaults(path, body))];
}

/** What somebody puts into the form, by the field's id. */
export interface Request {
  readonly subject?: string;
  readonly [field: string]: string | undefined;
}

const plainRequest = { subject: 'Mail is down', description: 'I cannot send mail since this morning.' };

/** Facts of a critical incident, as somebody in a hurry types them. */
export const facts = {
  server: '203.0.113.7',
  service: 'Shop',
  began: 'yesterday 14:30',
  diagnostics: 'ping: 100% packet loss',
};

/** Opens a ticket through the window of Slack or Discord; returns its number. */
export async function opensByForm(person: Person, given: Request = plainRequest): Promise<number> {
  const { subject = '', ...fields } = given;
  const pace = here?.pace(1) ?? 1;
  if (person.screen().modal !== null) await person.dismisses();
  const before = numbersSeen(person);
  await person.says(`/ticket open ${subject}`);
  await person.watches(screen => screen.modal !== null, 'the form');
  await person.fills(definedOf(fields));
  await person.submits();
  const screen = await person.watches(
    ({ modal, places }) => newNumber(before, [modal?.title ?? '', ...titlesOf(places)]) !== undefined,
    'the number of a new ticket',
  );
  const number = Number(newNumber(before, [screen.modal?.title ?? '', ...titlesOf(screen.places)]));
  if (screen.modal !== null) await person.dismisses();
  await person.watches(() => headOf(person, number) !== undefined, 'its conversation');
  here?.pace(pace);
  return number;
}

function definedOf(fields: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

const titlesOf = (places: readonly PlaceView[]): string[] => places.map(({ title }) => title);
const about = (title: string, number: number): boolean => new RegExp(`#${number}\\b`).test(title);

function numbersIn(texts: readonly string[]): number[] {
  return texts.flatMap(text => [...text.matchAll(/#(\d+)\b/g)].map(([, digits]) => Number(digits)));
}

function numbersSeen(person: Person): Set<number> {
  return new Set(numbersIn(titlesOf(person.screen().places)));
}

function newNumber(before: ReadonlySet<number>, texts: readonly string[]): number | undefined {
  return numbersIn(texts).find(number => !before.has(number));
}

/** The desk's first message about a ticket: in Slack the thread hangs from it, elsewhere it stands in the ticket's own place. */
function headOf(person: Person, number: number): MessageView | undefined {
  const own = person.screen().places.find(({ title, kind }) => kind !== 'dm' && about(title, number));
  if (own !== undefined) return own.messages.find(({ bot }) => bot);
  return person
    .screen()
    .places.filter(({ kind }) => kind === 'dm')
    .flatMap(({ messages }) => messages)
    .find(({ bot, ephemeral, text }) => bot && !ephemeral && about(text, number));
}

/** Writes in a ticket's conversation. Returns the message's id. */
export async function writes(person: Person, number: number, text: string): Promise<string | undefined> {
  const place = person.screen().places.find(({ title, kind }) => kind !== 'dm' && about(title, number));
  if (place !== undefined) return person.says(text, place.id);
  const head = headOf(person, number);
  if (head === undefined) throw new Error(`${person.name} has no conversation about #${number}`);
  return person.repliesTo(head.id, text);
}

/** The place in which a person and the desk talk about a ticket. */
export function conversationOf(person: Person, number: number): PlaceView {
  const place = person.screen().places.find(({ title, kind }) => kind !== 'dm' && about(title, number));
  if (place === undefined) throw new Error(`${person.name} has no conversation about #${number}`);
  return place;
}

/** Opens a ticket in the conversation of Telegram; returns its number. */
export async function opensInChat(
  person: Person,
  { description, department, priority }: Request = plainRequest,
): Promise<number> {
  const choose = polish(person) ? ['Techniczny', 'Zwykły', 'Wyślij'] : ['Technical', 'Regular', 'Send'];
  const [technical = '', regular = '', send = ''] = choose;
  const pace = here?.pace(8) ?? 1;
  await person.says('/ticket');
  await pressesOnce(person, department ?? technical);
  await pressesOnce(person, priority ?? regular);
  await person.sees(polish(person) ? 'Prosimy opisać' : 'Please tell us');
  await person.says(description ?? plainRequest.description);
  const before = new Set(textsOf(person));
  await pressesOnce(person, send);
  const given = /(?:Mamy Twoje zgłoszenie|We have your ticket) #(\d+)/;
  const screen = await person.watches(
    () => textsOf(person).some(text => !before.has(text) && given.test(text)),
    'the acknowledgement',
  );
  here?.pace(pace);
  const texts = screen.places.flatMap(({ messages }) => messages.map(({ text }) => text));
  return Number(given.exec(texts.findLast(text => !before.has(text) && given.test(text)) ?? '')?.[1]);
}

const polish = (person: Person): boolean => person.screen().locale.startsWith('pl');

/** All texts of messages that a person sees. */
export function textsOf(person: Person): string[] {
  return person.screen().places.flatMap(({ messages }) => messages.map(({ text }) => text));
}

/** Waits for a button under the newest message and presses it. */
export async function pressesOnce(person: Person, label: string): Promise<void> {
  await person.watches(screen => {
    const place = screen.places.find(({ id }) => id === screen.current);
    return place?.messages.at(-1)?.buttons.some(button => button.label.includes(label)) ?? false;
  }, `the button "${label}" under the newest message`);
  await person.presses(label);
}

/** Waits until a message with this text bears this mark. */
export async function seesMark(person: Person, text: string, emoji: string): Promise<void> {
  await person.watches(
    screen =>
      screen.places.some(({ messages }) =>
        messages.some(one => one.text.includes(text) && one.reactions.some(mark => mark.emoji === emoji)),
      ),
    `${emoji} on "${text}"`,
  );
}

/** Goes to the desk's post of a ticket, once it is there. */
export async function goesToPost(staff: Person, number: number): Promise<void> {
  await staff.watches(
    ({ places }) => titlesOf(places).some(title => about(title, number)),
    `the post of #${number}`,
  );
  await staff.goes(conversationOf(staff, number).id);
}

/** How many rows each table has: what changed nothing leaves them as they are. */
export async function rowCounts({ database }: World): Promise<Record<string, number>> {
  const tables = ['receipt', 'handle', 'place', 'ticket', 'message', 'event', 'delivery', 'draft'];
  const counts = await Promise.all(
    tables.map(table => database.sql<{ n: number }[]>`select count(*)::int as n from ${database.sql(table)}`),
  );
  return Object.fromEntries(tables.map((table, index) => [table, counts[index]?.[0]?.n ?? 0]));
}

/** Asks billing in Discord for a copy of an invoice, and is answered; both look at the ticket then. Returns its number. */
export async function isAnsweredByBilling(customer: Person, staff: Person): Promise<number> {
  const number = await opensByForm(customer, {
    subject: 'Invoice',
    description: 'A copy, please.',
    department: 'financial',
  });
  await goesToPost(staff, number);
  await staff.says('We look for it.');
  await customer.goes(conversationOf(customer, number).id);
  await customer.sees('We look for it.');
  return number;
}

/** Everything the desk ever sent to a platform, as one text. */
export function sentTo(platform: Simulator): string {
  return JSON.stringify(platform.requests.map(({ path, body }) => [path, body]));
}

/** Resolves when nothing stored waits to be worked, and nothing waits to be sent. */
export async function allQuiet({ database }: World): Promise<void> {
  await expect
    .poll(
      async () => {
        const [left] = await database.sql<{ n: number }[]>`
          select (select count(*) from receipt where state = 'stored')::int + (select count(*) from lane where backlog > 0)::int as n`;
        return left?.n;
      },
      { interval: 20 },
    )
    .toBe(0);
}

/** Holds a ticket's place, so that what was stored for it is not worked yet. Returns the way to let go. */
export function holdsPlace(number: number, role: 'customer' | 'desk'): Promise<() => Promise<void>> {
  return holds(
    tx => tx`
      select from place p join ticket t on t.place_id = p.id or t.id = p.ticket_id
      where t.id = ${number} and p.role = ${role} for no key update of p`,
  );
}

/** Takes a lock in a transaction that stays open. Returns the way to let go. */
export async function holds(lock: (tx: SqlRunner) => Promise<unknown>): Promise<() => Promise<void>> {
  if (here === undefined) throw new Error('there is no world');
  const held = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  const holding = here.database.sql.begin(async tx => {
    await lock(tx);
    held.resolve();
    await release.promise;
  });
  await Promise.race([held.promise, holding]);
  return async () => {
    release.resolve();
    await holding;
  };
}
