import type { Act } from '../context.ts';
import type { NoticeContent, NoticeObject } from '../notice/index.ts';
import { formatSpan, oneLine, plain, raw } from '../text/index.ts';
import type { WorkRow } from './model.ts';
import { placesIn } from './rules/words.ts';

/** Longest title (`notice/schema.ts`). */
const TITLE = 120;

/** What customers are told of it: nothing of what the supplier wrote. */
export function wordsForWork(
  act: Act,
  objects: readonly NoticeObject[],
): Pick<NoticeContent, 'title' | 'text'> {
  const places = placesIn(objects);
  const title = (locale: string): string => {
    const said =
      places === undefined
        ? act.phrases.say(locale, 'work-title')
        : act.phrases.say(locale, 'work-title-places', { places });
    return oneLine(plain(said), TITLE);
  };
  return { title: { en: title('en'), pl: title('pl') }, text: inBoth(act, 'work-text') };
}

/** A phrase as the text of a notice, in both languages. */
export function inBoth(act: Act, key: string): NoticeContent['text'] {
  return { en: plain(act.phrases.say('en', key)), pl: plain(act.phrases.say('pl', key)) };
}

/** When it is, as a notice has it. */
export function windowsOf({ fromAt, toAt }: WorkRow): NoticeContent['windows'] {
  return [{ from: fromAt.toISOString(), to: toAt.toISOString() }];
}

/** A date that is not final is only planned. */
export function stateFor({ state }: WorkRow): 'planned' | 'confirmed' {
  return state === 'tentative' ? 'planned' : 'confirmed';
}

/** What the supplier says of it, for staff. */
export function workLine(
  act: Act,
  row: Pick<WorkRow, 'summary' | 'provider' | 'source' | 'fromAt' | 'toAt' | 'state'>,
): string {
  const { language } = act.policy.staff;
  return act.phrases.say(language, 'work-line', {
    summary: oneLine(row.summary, 80),
    provider: oneLine(row.provider, 60),
    source: row.source,
    when: formatSpan(row.fromAt, row.toAt, language, act.policy.desk.zone, act.at),
    state: raw(act.phrases.say(language, `work-state-${row.state}`)),
  });
}
