import { setTimeout as delay } from 'node:timers/promises';
import type { MessageView, Person, PlaceView, Screen } from '../../src/simulator/model.ts';
import type { TelegramPerson } from '../../src/simulator/telegram/people.ts';
import { filled } from '../intake/submission.ts';
import type { Chance } from './chance.ts';
import { type Deed, numberIn } from './model.ts';

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
const TICKETS = 4;

/** What people do goes wrong in a storm: then they do something else, a little later. */
async function live(diary: Diary, chance: Chance, act: () => Promise<void>): Promise<void> {
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
  diary.deeds.push(deed);
  await person.submits();
  await person.watches(screen => wasTaken(screen), 'that it was taken', LOOK_MS);
  deed.seen = true;
  if (person.screen().modal !== null) await person.dismisses();
}

/** The form is gone, or shows the number: nothing is asked any more. */
function wasTaken({ modal }: Screen): boolean {
  return (
    modal === null || (modal.fields.length === 0 && numberIn(`${modal.title} ${modal.text}`) !== undefined)
  );
}

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

function deedOf(diary: Diary, person: Person, kind: Deed['kind']): Deed {
  return { token: diary.token(), kind, platform: person.platform, person: person.name, at: diary.now() };
}

/** Someone on Telegram, where the form is a conversation and all tickets share one chat. */
export async function customerInChat(person: TelegramPerson, diary: Diary, chance: Chance): Promise<void> {
  let opened = 0;
  await live(diary, chance, async () => {
    const has = given(person) > 0;
    if (!has || (opened < TICKETS && chance.next() < 0.08)) {
      opened += 1;
      await opensInChat(person, diary);
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

/** Answers whatever the desk asks until it gives a number: answers come late in a storm, and are asked for again. */
async function opensInChat(person: TelegramPerson, diary: Diary): Promise<void> {
  const before = given(person);
  const deed: Deed = { ...deedOf(diary, person, 'opened'), seen: false };
  await person.says('/ticket');
  let answered = '';
  // Until then whatever they say is an answer to the form, so they say nothing else.
  while (given(person) === before && !diary.isOver()) {
    const asked = await person
      .watches(() => given(person) > before || isNew(person, answered), 'a question', LOOK_MS)
      .then(
        () => newest(person),
        () => undefined,
      );
    if (given(person) > before) continue;
    if (asked === undefined) {
      await person.says('/ticket'); // the question may never come: it is asked again
      continue;
    }
    answered = asked.id;
    if (await presses(person, ['Send', 'Technical', 'Regular'])) continue;
    if (!/Please tell us/.test(asked.text)) continue;
    if (!diary.deeds.includes(deed)) diary.deeds.push(deed);
    await person.says(`Nothing works. ${deed.token}`);
  }
  deed.seen = given(person) > before;
}

function isNew(person: Person, answered: string): boolean {
  const { id } = newest(person) ?? {};
  return id !== undefined && id !== answered;
}

/** The newest message of the desk. */
function newest(person: Person): MessageView | undefined {
  return messagesOf(person).findLast(({ bot }) => bot);
}

async function presses(person: Person, labels: readonly string[]): Promise<boolean> {
  const buttons = newest(person)?.buttons ?? [];
  const label = labels.find(one => buttons.some(button => button.label.includes(one)));
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

/** The card says where the customer is. */
function platformOf({ messages }: PlaceView): Deed['platform'] {
  const named = /\((slack|discord|telegram)\)/i.exec(messages.map(({ text }) => text).join('\n'))?.[1];
  return (named?.toLowerCase() ?? 'discord') as Deed['platform'];
}
