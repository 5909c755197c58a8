import { setTimeout as delay } from 'node:timers/promises';
import type { MessageView, Person, PlaceView, Screen } from '../../src/simulator/model.ts';
import type { TelegramPerson } from '../../src/simulator/telegram/people.ts';
import { filled } from '../intake/submission.ts';
import type { Chance } from './chance.ts';
import { type Deed, numberIn, QUESTION } from './model.ts';

/** Where people write down what they did. */
export interface Diary {
  readonly deeds: Deed[];
  /** A word that was never said before. */
  token(): string;
  now(): number;
  /** True when it is time to go home. */
  isOver(): boolean;
  /** True while enough was done for now: how much people do does not depend on how slow the machine is. */
  isEnough(): boolean;
}

/** How long somebody looks at the screen for what should come next, in ms of real time, before they do something else. */
const LOOK_MS = 5000;
/** People pause between two deeds: from, to, in ms of real time. */
const PAUSE_MS = [800, 4500] as const;
/** One customer opens at most so many tickets, so that a long storm does not make a long list. */
export const TICKETS = 4;

/** What people do goes wrong in a storm: then they do something else, a little later. */
export async function live(diary: Diary, chance: Chance, act: () => Promise<void>): Promise<void> {
  while (!diary.isOver()) {
    await delay(chance.between(...PAUSE_MS));
    if (!diary.isOver() && !diary.isEnough()) await act().catch(() => undefined);
  }
}

/** Someone on Slack or Discord who opens tickets through the form and writes in them. */
export async function customerWithForm(person: Person, diary: Diary, chance: Chance): Promise<void> {
  let opened = 0;
  await live(diary, chance, async () => {
    const mine = conversations(person);
    const wantsNew = mine.length === 0 || (opened < TICKETS && chance.next() < 0.1);
    if (!wantsNew) return writeSome(person, chance.of(mine), diary, chance);
    opened += 1;
    await opensByForm(person, diary);
  });
}

async function opensByForm(person: Person, diary: Diary): Promise<void> {
  if (person.screen().modal !== null) await person.dismisses();
  await person.says('/ticket open', 'support');
  const { modal } = await person.watches(screen => screen.modal !== null, 'the form', LOOK_MS);
  const deed: Deed = { ...deedOf(diary, person, 'opened'), seen: false };
  const values = filled(modal);
  const description = modal?.fields.find(({ kind }) => kind === 'multiline')?.id ?? 'description';
  await person.fills({ ...values, [description]: `Nothing works. ${deed.token}` });
  const before = told(person.screen());
  diary.deeds.push(deed);
  await person.submits();
  await person.watches(screen => told(screen) > before, 'the number', LOOK_MS);
  deed.seen = true;
  if (person.screen().modal !== null) await person.dismisses();
}

/** Tickets of which the screen says, for this person's eyes alone, that the desk has them. */
function told({ modal, places }: Screen): number {
  const said = places
    .flatMap(({ messages }) => messages)
    .filter(({ bot, ephemeral, text }) => bot && ephemeral && isTaken(text));
  return said.length + (modal !== null && isTaken(`${modal.title} ${modal.text}`) ? 1 : 0);
}

const isTaken = (text: string): boolean => numberIn(text) !== undefined && /We have your ticket/.test(text);

/** A ticket's conversation, and the way to write in it. */
interface Conversation {
  readonly number: number;
  say(text: string): Promise<unknown>;
}

/** Those that somebody sees: in a place of their own, or as the desk's message in a direct chat. */
function conversations(person: Person): Conversation[] {
  const { places } = person.screen();
  const own = places.flatMap(place => {
    const number = place.kind === 'thread' ? numberIn(place.title) : undefined;
    return number === undefined || isClosed(place)
      ? []
      : [{ number, say: (text: string) => person.says(text, place.id) }];
  });
  const heads = places
    .filter(({ kind }) => kind === 'dm')
    .flatMap(({ messages }) => messages)
    .flatMap(message => {
      const number = isHead(message) ? numberIn(message.text) : undefined;
      const known = own.some(one => one.number === number);
      return number === undefined || known
        ? []
        : [{ number, say: (text: string) => person.repliesTo(message.id, text) }];
    });
  return [...own, ...heads];
}

const isHead = ({ bot, ephemeral, text }: MessageView): boolean =>
  bot && !ephemeral && /We have your ticket/.test(text);
const isClosed = ({ messages }: PlaceView): boolean =>
  messages.some(({ bot, text }) => bot && /Ticket #\d+ is closed/.test(text));

/** One to three messages, one after the other. */
async function writeSome(person: Person, one: Conversation, diary: Diary, chance: Chance): Promise<void> {
  for (let left = chance.between(1, 3); left > 0; left -= 1) {
    const deed = { ...deedOf(diary, person, 'wrote'), number: one.number };
    await one.say(`And this: ${deed.token}`);
    diary.deeds.push(deed);
  }
}

export function deedOf(diary: Diary, person: Person, kind: Deed['kind']): Deed {
  return { token: diary.token(), kind, platform: person.platform, person: person.name, at: diary.now() };
}

/** A form that somebody fills in, as a conversation. */
interface Filling {
  /** Tickets whose number they were told before it. */
  before: number;
  /** What they wrote as the description: once, or again when they were asked again. */
  written: Deed[];
}

/** Someone on Telegram, where the form is a conversation and all tickets share one chat. */
export async function customerInChat(person: TelegramPerson, diary: Diary, chance: Chance): Promise<void> {
  const form: Filling = { before: 0, written: [] };
  let opened = 0;
  await live(diary, chance, async () => {
    endsForm(person, form);
    // Whoever sees a question answers it: what they say else would be taken for the answer.
    if (questionTo(person) !== undefined) return fillsInChat(person, diary, form);
    if (given(person) === 0 || (opened < TICKETS && chance.next() < 0.08)) {
      opened += 1;
      await person.says('/ticket');
      await fillsInChat(person, diary, form);
    } else if (chance.next() < 0.04) await blocksForAWhile(person, chance);
    else {
      const deed = deedOf(diary, person, 'wrote');
      await person.says(`And this: ${deed.token}`);
      diary.deeds.push(deed);
    }
  });
}

/** Tickets whose number somebody was told. */
function given(person: Person): number {
  return messagesOf(person).filter(isHead).length;
}

function messagesOf(person: Person): readonly MessageView[] {
  return person.screen().places.flatMap(({ messages }) => messages);
}

/** They were told a number: one of what they wrote is its description. */
function endsForm(person: Person, form: Filling): void {
  const now = given(person);
  if (now === form.before) return;
  const last = form.written.at(-1);
  if (last !== undefined) {
    last.seen = true;
    last.instead = form.written.map(({ token }) => token);
  }
  form.before = now;
  form.written = [];
}

/** The question that the desk waits for an answer to, as far as the chat shows. */
function questionTo(person: Person): MessageView | undefined {
  const last = messagesOf(person).findLast(
    one =>
      one.bot &&
      !/Storm work/.test(one.text) &&
      (QUESTION.test(one.text) || isHead(one) || /Cancelled/.test(one.text)),
  );
  return last !== undefined && QUESTION.test(last.text) ? last : undefined;
}

/** Answers whatever the desk asks until it gives a number: answers come late in a storm, and are asked for again. */
async function fillsInChat(person: TelegramPerson, diary: Diary, form: Filling): Promise<void> {
  let answered = '';
  const isAsked = (): boolean => (questionTo(person)?.id ?? answered) !== answered;
  while (given(person) === form.before && !diary.isOver()) {
    await person
      .watches(() => given(person) > form.before || isAsked(), 'a question', LOOK_MS)
      .catch(() => person.says('/ticket')); // the question may never come: it is asked again
    const question = questionTo(person);
    if (question === undefined || question.id === answered) continue;
    answered = question.id;
    if ((await presses(person, question)) || !/Please tell us/.test(question.text)) continue;
    const deed: Deed = { ...deedOf(diary, person, 'opened'), seen: false };
    form.written.push(deed);
    await person.says(`Nothing works. ${deed.token}`);
    diary.deeds.push(deed);
  }
  endsForm(person, form);
}

async function presses(person: Person, { buttons }: MessageView): Promise<boolean> {
  const label = ['Send', 'Technical', 'Regular'].find(one =>
    buttons.some(button => button.label.includes(one)),
  );
  if (label !== undefined) await person.presses(label);
  return label !== undefined;
}

async function blocksForAWhile(person: TelegramPerson, chance: Chance): Promise<void> {
  await person.blocks();
  await delay(chance.between(200, 1500));
  await person.unblocks();
}

/** Someone of the staff: claims, answers, makes notes, waits, solves, and sometimes closes. */
export function staffMember(person: Person, diary: Diary, chance: Chance): Promise<void> {
  return live(diary, chance, async () => {
    const posts = person
      .screen()
      .places.filter(place => place.kind === 'post' && numberIn(place.title) !== undefined);
    if (posts.length === 0) return;
    const post = chance.of(posts);
    const roll = chance.next();
    if (roll < 0.2) await pressesAt(person, post, chance.of(['Claim', 'Wait', 'Solve']), diary);
    else if (roll < 0.22) await pressesAt(person, post, 'Close', diary);
    else if (roll < 0.35) await writesAt(person, post, 'noted', diary);
    else
      for (let left = chance.between(1, 3); left > 0; left -= 1)
        await writesAt(person, post, 'replied', diary);
  });
}

async function pressesAt(person: Person, post: PlaceView, label: string, diary: Diary): Promise<void> {
  await person.presses(label, post.id);
  diary.deeds.push({ ...deedOf(diary, person, 'pressed'), number: numberIn(post.title) });
}

async function writesAt(
  person: Person,
  post: PlaceView,
  kind: 'replied' | 'noted',
  diary: Diary,
): Promise<void> {
  const deed = { ...deedOf(diary, person, kind), number: numberIn(post.title), platform: platformOf(post) };
  await person.says(kind === 'noted' ? `// not for them: ${deed.token}` : `Try this: ${deed.token}`, post.id);
  diary.deeds.push(deed);
}

/** Where a platform is called otherwise than the desk's channel. */
const OTHER_NAMES: Readonly<Record<string, Deed['platform']>> = { email: 'mail', webchat: 'website' };

/** The card says where the customer is. */
function platformOf({ messages }: PlaceView): Deed['platform'] {
  const named = /\((slack|discord|telegram|email|webchat)\)/i.exec(
    messages.map(({ text }) => text).join('\n'),
  )?.[1];
  const channel = named?.toLowerCase() ?? 'discord';
  return OTHER_NAMES[channel] ?? (channel as Deed['platform']);
}
