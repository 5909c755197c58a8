import type { NoticeContent, Worded } from '../model.ts';

/** The text in a reader's language; where it is missing, the other one. Undefined when there is none at all. */
export function wordsIn({ en, pl }: Worded, locale: string): string | undefined {
  return locale === 'pl' ? (pl ?? en) : (en ?? pl);
}

/** The title in a reader's language. */
export function titleIn({ title }: Pick<NoticeContent, 'title'>, locale: string): string {
  return wordsIn(title, locale) ?? '';
}
