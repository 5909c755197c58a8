import type { Handle } from '../actor.ts';
import { platformName } from '../channel/index.ts';
import type { Act } from '../context.ts';
import { Refusal } from '../errors.ts';
import type { PageWay } from '../policy/index.ts';
import { literalInline, plain, raw } from '../text/index.ts';
import type { Person, Spot } from './model.ts';
import { personOf, readPeople } from './people.ts';
import { readDuty } from './rules/words.ts';

/** Somebody of the staff begins or ends their duty, or says how they want to be paged. Returns the words of it. Throws `Refusal` for what is none of these. */
export async function sayDuty(act: Act, who: Handle, text: string): Promise<string> {
  const asked = readDuty(text);
  if (asked === undefined) throw new Refusal('duty-how');
  const key = personOf(act, who);
  const before = await one(act, key);
  if (asked.do === 'ways') await setWays(act, key, before?.onDuty ?? false, asked.ways);
  if (asked.do === 'on' || asked.do === 'off') await setDuty(act, key, asked.do === 'on');
  return dutyText(act, who.locale, await one(act, key));
}

async function one(act: Act, key: string): Promise<Person | undefined> {
  const [person] = await readPeople(act, act.tx, [key]);
  return person;
}

/** Saying it again changes nothing: `since` stays. */
async function setDuty(act: Act, key: string, on: boolean): Promise<void> {
  await act.tx`
    insert into duty (person, on_duty, since) values (${key}, ${on}, ${act.at})
    on conflict (person) do update set on_duty = excluded.on_duty, since = excluded.since where duty.on_duty <> excluded.on_duty`;
}

async function setWays(act: Act, key: string, on: boolean, ways: readonly PageWay[]): Promise<void> {
  await act.tx`
    insert into duty (person, on_duty, since, ways) values (${key}, ${on}, ${act.at}, ${[...ways]})
    on conflict (person) do update set ways = excluded.ways`;
}

function dutyText(act: Act, locale: string, person: Person | undefined): string {
  const say = act.phrases.say.bind(act.phrases, locale);
  const on = say(person?.onDuty ? 'duty-on' : 'duty-off');
  const spots = person?.spots ?? [];
  if (spots.length === 0) return `${on}\n\n${say('duty-no-way')}`;
  const list = spots.map(spot => literalInline(spotText(act, locale, spot))).join(' → ');
  return `${on}\n\n${say('duty-ways', { ways: raw(list) })}`;
}

/** A way as people say it: `a message (Slack)`. */
function spotText(act: Act, locale: string, { way, channel }: Spot): string {
  return plain(act.phrases.say(locale, `duty-way-${way}`, { platform: platformName(channel) }));
}
