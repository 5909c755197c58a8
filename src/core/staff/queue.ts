import type { Handle } from '../actor.ts';
import { type Act, channelOf } from '../context.ts';
import { Refusal } from '../errors.ts';
import { crewsIn, handlesOf, levelOf, levelsNamed, levelsOf, personOf } from '../escalation/index.ts';
import { departmentName, nameIn } from '../policy/index.ts';
import { clip, formatWhen, literalInline, oneLine, raw } from '../text/index.ts';
import { nextFor, type Queue, type QueueAsked, type QueueLine } from '../ticket/index.ts';

/** Lines of a queue: one screen. */
const QUEUED = 15;
/** Room for the line that says how many more there are, as a channel measures. */
const MORE = 60;
/** Words for the tickets of everybody. */
const ALL: readonly string[] = ['all', 'wszystkie', 'wszystko'];

/** Whose tickets: of who asks, of a team, or of everybody. */
type Scope = 'own' | 'team' | 'all';

/**
 * What is next, a line each, as many as fit into one message: for whoever asks, or for all, or for a team or a level by its id or its name.
 * Throws `Refusal` for a text that is none of these.
 */
export async function queueText(act: Act, who: Handle, text: string): Promise<string> {
  const named = text.trim().toLowerCase();
  const scope: Scope = named === '' ? 'own' : ALL.includes(named) ? 'all' : 'team';
  const queue = await nextFor(act, {
    mine: await handlesOf(act, act.tx, who),
    channel: who.channel,
    levels: await levelsFor(act, who, scope, named),
    first: act.policy.levels[0]?.id,
    everybodys: scope !== 'own',
    limit: QUEUED,
  });
  return written(act, who, scope, queue);
}

async function levelsFor(act: Act, who: Handle, scope: Scope, named: string): Promise<QueueAsked['levels']> {
  if (scope === 'all') return undefined;
  if (scope === 'own') return levelsOf(act, personOf(act, who));
  const levels = levelsNamed(act.policy, named);
  if (levels !== undefined) return levels;
  const choices = [...crewsIn(act.policy).map(one => one.id), 'all'].join(', ');
  throw new Refusal('no-such-team', { text: oneLine(named, 40), choices });
}

function written(act: Act, who: Handle, scope: Scope, { lines, more, elsewhere }: Queue): string {
  const say = act.phrases.say.bind(act.phrases, who.locale);
  const others =
    scope === 'own' && elsewhere > 0 ? `\n\n${say('desk-queue-elsewhere', { count: elsewhere })}` : '';
  if (lines.length === 0) return `${say(scope === 'own' ? 'desk-queue-empty' : 'desk-queue-none')}${others}`;
  const { limits } = channelOf(act, who.channel);
  const room = limits.text - MORE - limits.measure(others);
  let text = `${say(scope === 'own' ? 'desk-queue-heading' : 'desk-queue-heading-all')}\n`;
  let left = lines.length + more;
  for (const line of lines) {
    const longer = `${text}\n- ${queueLine(act, who, scope, line)}`;
    if (limits.measure(longer) > room) break;
    text = longer;
    left -= 1;
  }
  return `${text}${left > 0 ? `\n\n${say('desk-queue-more', { count: left })}` : ''}${others}`;
}

function queueLine(act: Act, { locale, channel }: Handle, scope: Scope, line: QueueLine): string {
  const say = act.phrases.say.bind(act.phrases, locale);
  const due = line.dueAt ?? undefined;
  const when = formatWhen(due ?? line.updatedAt, locale, act.policy.desk.zone, act.at);
  const key = due === undefined ? 'desk-queue-since' : due < act.at ? 'desk-queue-late' : 'desk-queue-due';
  const link = line.address === null ? undefined : channelOf(act, channel).linkTo?.(line.address);
  const number = link === undefined ? `**#${line.id}**` : `[#${line.id}](<${link}>)`;
  const name = literalInline(clip(line.assignee ?? '', 40));
  return say('desk-queue-line', {
    number: raw(`${line.critical ? '🔴 ' : ''}${number}`),
    subject: clip(line.subject, 60),
    department: whereOf(act, locale, scope, line),
    due: raw(say(key, line.target === null ? { when } : { when, what: raw(say(`promise-${line.target}`)) })),
    whose: raw(say(`desk-queue-${line.whose}`, { name: raw(name) })),
  });
}

/** The department; among the tickets of everybody the level, too. */
function whereOf({ policy }: Act, locale: string, scope: Scope, { department, level }: QueueLine): string {
  const name = departmentName(policy, department, locale);
  const here = scope === 'all' ? levelOf(policy.levels, level) : undefined;
  return here === undefined ? name : `${name}, ${nameIn(policy, here, locale)}`;
}
