import type { CalendarSheet } from '../calendar/index.ts';
import type { Context } from '../context.ts';
import { MAIL } from '../preference/index.ts';
import { plain } from '../text/index.ts';
import { type Planned, sheetOf } from './rules/calendar.ts';
import { titleIn, wordsIn } from './rules/worded.ts';
import type { Hit } from './words.ts';

/** What is told of a notice, as a calendar in the reader's language, and as they want it; undefined for what changes no calendar. `at`: when it was said. */
export function calendarFor(
  ctx: Context,
  told: Omit<Planned, 'objects' | 'services' | 'title' | 'text' | 'provider'>,
  hits: readonly Hit[],
  { locale, invites }: { readonly locale: string; readonly invites: boolean },
  at: Date,
): CalendarSheet | undefined {
  const { links } = ctx.files;
  const kind = plain(ctx.phrases.say(locale, `notice-kind-${told.kind}`));
  const services = hits.flatMap(({ service }) => (service === null ? [] : [service.order ?? service.name]));
  const planned: Planned = {
    ...told,
    objects: hits.map(({ object }) => object),
    services: [...new Set(services)],
    title: `${kind} N-${told.id}: ${titleIn(told.content, locale)}`,
    text: wordsIn(told.content.text, locale),
    provider: links === undefined ? ctx.policy.desk.name : new URL(links.publicUrl).hostname,
  };
  const sheet = sheetOf(planned, at);
  const inbox = ctx.channels.get(MAIL)?.limits.inbox;
  return (
    sheet && {
      ...sheet,
      ...(invites && { invites }),
      ...(inbox !== undefined && { organizer: { name: ctx.policy.desk.name, email: inbox } }),
    }
  );
}
