import type { Handle } from '../actor.ts';
import type { Act } from '../context.ts';
import { Refusal } from '../errors.ts';
import { nameIn, type OncallPolicy } from '../policy/index.ts';
import { clip, formatWhen, literalInline, raw } from '../text/index.ts';
import { newFeed } from './feed.ts';
import type { Person, PersonKey } from './model.ts';
import { personOf, readPeople } from './people.ts';
import { type Shift, shifts } from './rules/oncall.ts';
import { openingsOf } from './rules/openings.ts';
import { readStandIn } from './rules/stand-in.ts';
import { readOncall } from './rules/words.ts';
import { staffOf, standInsOf } from './staffing.ts';

/** Stand-ins that may be to come on one rotation. */
const STAND_INS = 100;

/** Somebody of the staff sees who is on call, stands in, gives that back, or wants their calendar. Returns the words of it, and whether there is a secret in them. Throws `Refusal` for what cannot be done. */
export async function sayOncall(
  act: Act,
  who: Handle,
  text: string,
): Promise<{ text: string; secret?: true }> {
  const asked = readOncall(text);
  switch (asked?.do) {
    case 'show':
      return { text: await oncallText(act, who.locale) };
    case 'take':
      return { text: await take(act, who, asked.rest) };
    case 'drop':
      return { text: await drop(act, who, asked.rest) };
    case 'feed':
      return { text: await newFeed(act, who), secret: true };
    case undefined:
      throw new Refusal('oncall-how', { choices: rotationsIn(act) });
  }
}

const rotationsIn = ({ policy }: Act): string => policy.oncall.map(one => one.id).join(', ') || '–';

/** From a moment on somebody is on call in place of whoever would be. */
async function take(act: Act, who: Handle, text: string): Promise<string> {
  const zoneOf = (id: string): string | undefined => rotation(act, id)?.zone;
  const asked = readStandIn(text, zoneOf, act.at);
  if (asked === undefined) throw new Refusal('oncall-how', { choices: rotationsIn(act) });
  const key = asked.person ?? personOf(act, who);
  const [person] = await readPeople(act, act.tx, [key]);
  if (person === undefined) throw new Refusal('no-such-person', { name: clip(key, 40) });
  const [{ many } = { many: 0 }] = await act.tx<{ many: number }[]>`
    select count(*)::int as many from stand_in where oncall = ${asked.oncall} and to_at > ${act.at}`;
  if (many >= STAND_INS) throw new Refusal('oncall-too-many');
  await act.tx`
    insert into stand_in (oncall, person, from_at, to_at, by_handle_id, made_at)
    values (${asked.oncall}, ${person.key}, ${asked.from}, ${asked.to}, ${who.id}, ${act.at})`;
  return act.phrases.say(who.locale, 'oncall-taken', {
    name: person.name,
    rotation: nameIn(act.policy, rotation(act, asked.oncall) ?? { id: asked.oncall, name: {} }, who.locale),
    from: said(act, asked.from, who.locale),
    to: said(act, asked.to, who.locale),
  });
}

/** What somebody stands in for ends, or never begins. */
async function drop(act: Act, who: Handle, id: string): Promise<string> {
  const schedule = rotation(act, id);
  if (schedule === undefined) throw new Refusal('oncall-how', { choices: rotationsIn(act) });
  const key = personOf(act, who);
  await act.tx`
    delete from stand_in where oncall = ${id} and person = ${key} and from_at >= ${act.at}`;
  await act.tx`
    update stand_in set to_at = ${act.at} where oncall = ${id} and person = ${key} and to_at > ${act.at}`;
  return act.phrases.say(who.locale, 'oncall-dropped', {
    rotation: nameIn(act.policy, schedule, who.locale),
  });
}

const rotation = ({ policy }: Act, id: string): OncallPolicy | undefined =>
  policy.oncall.find(one => one.id === id);

function said(act: Act, at: Date, locale: string): string {
  return formatWhen(at, locale, act.policy.desk.zone, act.at, { zone: 'abbreviation' });
}

/** Who is on call on each rotation, until when, and who is next; and who works at each level now. */
async function oncallText(act: Act, locale: string): Promise<string> {
  const turns = await Promise.all(act.policy.oncall.map(one => turnLine(act, one, locale)));
  const levels: string[] = [];
  for (const level of act.policy.levels) {
    const staffed = await staffOf(act, { level: level.id });
    const names = staffed.people.map(one => literalInline(clip(one.name, 60))).join(', ');
    const name = nameIn(act.policy, level, locale);
    levels.push(
      staffed.why === undefined
        ? act.phrases.say(locale, 'oncall-level', { name, people: raw(names) })
        : act.phrases.say(locale, `oncall-level-${staffed.why}`, { name }),
    );
  }
  const lines = [...turns, ...levels].map(line => `- ${line}`);
  return `${act.phrases.say(locale, 'oncall-heading')}\n\n${lines.join('\n')}`;
}

async function turnLine(act: Act, schedule: OncallPolicy, locale: string): Promise<string> {
  const turns = shifts(schedule, await standInsOf(act.tx, schedule, act.at), openingsOf(act.policy), act.at);
  const [now, next] = [turns.next().value as Shift | undefined, turns.next().value as Shift | undefined];
  const people = await readPeople(
    act,
    act.tx,
    [now?.person, next?.person].filter(one => one !== undefined),
  );
  const name = nameIn(act.policy, schedule, locale);
  const who = nameOf(people, now?.person) ?? act.phrases.say(locale, 'oncall-nobody');
  if (now?.to === undefined) return act.phrases.say(locale, 'oncall-turn', { name, who });
  const then = nameOf(people, next?.person) ?? act.phrases.say(locale, 'oncall-nobody');
  return act.phrases.say(locale, 'oncall-turn-until', { name, who, until: said(act, now.to, locale), then });
}

const nameOf = (people: readonly Person[], key: PersonKey | undefined): string | undefined =>
  people.find(one => one.key === key)?.name;
