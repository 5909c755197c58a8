import type { Context } from '../context.ts';
import { literal, literalInline, oneLine, raw } from '../text/index.ts';
import type { PublicNotice } from './model.ts';
import { effectOfAll, phaseOf } from './rules/state.ts';
import { noticeView } from './view.ts';

/** What was said of a notice, as a mail to somebody who follows all that is public. */
export interface Letter {
  readonly subject: string;
  /** CommonMark. */
  readonly text: string;
}

/** The letter for one word of a notice; undefined when it has no such word. */
export function letterOf(
  ctx: Context,
  notice: PublicNotice,
  key: string,
  locale: string,
): Letter | undefined {
  const now = ctx.now();
  const facts = { ...notice, phase: phaseOf(notice, now), effect: effectOfAll(notice, now) };
  const view = noticeView(ctx, facts, locale, now);
  const event = view.events.find(one => one.key === key);
  if (event === undefined) return undefined;
  const say = ctx.phrases.say.bind(ctx.phrases, locale);
  const isOver = view.to !== undefined;
  const when = view.windows.map(one =>
    say(notice.kind === 'change' ? 'notice-from' : 'notice-when', { when: one.text }),
  );
  const about = view.about.map(one => `- ${literalInline(one)}`);
  const link = `<${ctx.files.links?.publicUrl ?? ''}/status/${view.name}?lang=${locale}>`;
  return {
    subject: oneLine(`${view.kind} ${view.name} (${event.name}): ${view.title}`, 200),
    text: [
      literal(event.text),
      isOver ? '' : when.join('\\\n'),
      isOver ? '' : about.join('\n'),
      say('mail-status-page', { link: raw(link) }),
    ]
      .filter(part => part !== '')
      .join('\n\n'),
  };
}
