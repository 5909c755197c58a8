/** What people do in a day: they open tickets on all three platforms, talk, change their minds, and are done. */
import type { MessageView, Person } from '../../src/simulator/model.ts';
import type { TelegramPerson } from '../../src/simulator/telegram/people.ts';
import { filled } from '../intake/submission.ts';
import type { Platforms } from '../kit/platforms.ts';

/** Where a day happens. */
export interface Town {
  readonly platforms: Platforms;
  /** The staff's posts: a ticket's number → the post's id. */
  readonly posts: ReadonlyMap<number, string>;
  /** Lets time pass until all that was said is where it belongs. */
  quiet(): Promise<void>;
}

/** How many act at the same time. */
const AT_ONCE = 5;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A day with so many tickets. */
export async function livesADay(town: Town, day: number, tickets: number): Promise<void> {
  for (let from = 0; from < tickets; from += AT_ONCE) {
    const count = Math.min(AT_ONCE, tickets - from);
    const known = new Set(town.posts.keys());
    const people = Array.from({ length: count }, (_, n) =>
      newcomer(town.platforms, `d${day}n${from + n}`, from + n),
    );
    await Promise.all(people.map(opens));
    await town.quiet();
    await Promise.all(people.map(talks));
    await town.quiet();
    const fresh = [...town.posts].filter(([number]) => !known.has(number)).map(([, post]) => post);
    await Promise.all(fresh.map(post => isAnswered(town, post)));
    await town.quiet();
    await Promise.all(
      people.map(person => person.reacts(newestOf(person)?.id ?? '', '👍').catch(() => undefined)),
    );
    await town.quiet();
    const cleo = town.platforms.discord.person('cleo');
    for (const post of fresh) await cleo.presses('Close', post);
    await town.quiet();
  }
}

function newcomer({ slack, discord, telegram }: Platforms, name: string, nth: number): Person {
  if (nth % 3 === 0) return slack.addPerson({ name, role: 'customer', locale: 'en-US' });
  if (nth % 3 === 1) return discord.addPerson({ name, role: 'customer', locale: 'en-US' });
  return telegram.addPerson({ name, locale: 'en' });
}

function opens(person: Person): Promise<void> {
  return person.platform === 'telegram' ? opensInChat(person as TelegramPerson) : opensByForm(person);
}

async function opensByForm(person: Person): Promise<void> {
  await person.says(person.platform === 'discord' ? '/ticket open' : '/ticket', 'support');
  const { modal } = await person.watches(screen => screen.modal !== null, 'the form');
  const description = modal?.fields.find(({ kind }) => kind === 'multiline')?.id ?? 'description';
  await person.fills({
    ...filled(modal),
    [description]: `Nothing works since this morning, says ${person.name}.`,
  });
  await person.submits();
  if (person.screen().modal !== null) await person.dismisses();
}

async function opensInChat(person: TelegramPerson): Promise<void> {
  const offers = (label: string) =>
    person.watches(() => newestOf(person)?.buttons.some(one => one.label === label) ?? false, label);
  await person.starts('open_technical');
  await offers('Regular');
  await person.presses('Regular');
  await person.sees('Please tell us');
  await person.says(`Nothing works since this morning, says ${person.name}.`);
  await offers('Send');
  await person.presses('Send');
}

/** The newest message of the desk that a person sees. */
function newestOf(person: Person): MessageView | undefined {
  return person
    .screen()
    .places.flatMap(({ messages }) => messages)
    .filter(({ bot, ephemeral }) => bot && !ephemeral)
    .at(-1);
}

/** Two messages, one of them with a file; one is changed, and another taken back. */
async function talks(person: Person): Promise<void> {
  const say = (text: string, files: { name: string; bytes: Uint8Array }[] = []) => {
    const own = person.screen().places.find(({ kind, title }) => kind === 'thread' && /#\d/.test(title));
    if (own) return person.says(text, own.id, files);
    return person.platform === 'slack'
      ? person.repliesTo(newestOf(person)?.id ?? '', text)
      : person.says(text, undefined, files);
  };
  const first = await say('The log says nothing.');
  await say('Here it is.', [
    { name: 'trace.log', bytes: bytes(`It broke for ${person.name}.\n`.repeat(40)) },
  ]);
  if (first !== undefined) await person.edits(first, 'The log says a lot.');
  const wrong = await say('Wrong window.');
  if (wrong !== undefined) await person.deletes(wrong);
}

async function isAnswered({ platforms: { discord } }: Town, post: string): Promise<void> {
  const bob = discord.person('bob');
  await bob.presses('Claim', post);
  await bob.says('// it is the cache again', post);
  const reply = await bob.says('We are **looking** at it.', post);
  if (reply !== undefined) await bob.edits(reply, 'We *have looked* at it.');
  await bob.says('It works again.', post, [{ name: 'report.txt', bytes: bytes('All is well.') }]);
}
