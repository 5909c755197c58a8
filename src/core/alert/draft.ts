import type { Act } from '../context.ts';
import { draftNotice, type NoticeContent, type NoticeObject } from '../notice/index.ts';
import type { AlertSource } from '../policy/index.ts';
import { oneLine, plain } from '../text/index.ts';
import type { AlertRow } from './model.ts';
import { placesIn } from './rules/words.ts';

/** Longest title (`notice/schema.ts`). */
const TITLE = 120;

/** What customers are told of it: nothing that only staff should see, so nothing of what monitoring wrote. */
export function wordsFor(act: Act, objects: readonly NoticeObject[]): Pick<NoticeContent, 'title' | 'text'> {
  const places = placesIn(objects);
  const title = (locale: string): string => {
    const said =
      places === undefined
        ? act.phrases.say(locale, 'alert-title')
        : act.phrases.say(locale, 'alert-title-places', { places });
    return oneLine(plain(said), TITLE);
  };
  const text = (locale: string): string => plain(act.phrases.say(locale, 'alert-text'));
  return { title: { en: title('en'), pl: title('pl') }, text: { en: text('en'), pl: text('pl') } };
}

/** Drafts an outage about what alerts name; nobody is told anything. Returns its number. */
export async function draftOutage(
  act: Act,
  source: AlertSource,
  alerts: readonly AlertRow[],
  objects: readonly NoticeObject[],
): Promise<number> {
  const [first] = alerts;
  const made = await draftNotice(act, `alert:${first?.id}:${first?.times}`, {
    kind: 'outage',
    ...wordsFor(act, objects),
    objects,
    windows: [],
    reminders: [],
    starts: false,
    ends: false,
  });
  if (!('notice' in made)) throw new Error(`alerts could not be drafted: ${JSON.stringify(made)}`);
  const { id, edition } = made.notice;
  await act.tx`
    insert into alert_outage (notice_id, source, firing_at, last_at, edition, shown_edition)
    values (${id}, ${source.name}, ${act.at}, ${act.at}, ${edition}, 0) on conflict do nothing`;
  return id;
}
