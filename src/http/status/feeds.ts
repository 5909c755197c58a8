import type { EventView, NoticeWordsView, StatusView } from '../../core/index.ts';
import { type Markup, markup } from '../markup.ts';

/** Words that a feed has, the newest. */
const ENTRIES = 50;

interface Entry {
  readonly notice: NoticeWordsView;
  readonly event: EventView;
  readonly title: string;
  readonly url: string;
  /** Always the same for these words. */
  readonly id: string;
}

/** Each word that was said is an entry: a program that shows what is new shows it, also when it is the fifth about one outage. */
function entriesOf(view: StatusView, base: string): readonly Entry[] {
  return view.latest(ENTRIES).map(({ notice, event }) => ({
    notice,
    event,
    title: `${notice.kind} ${notice.name} (${event.name}): ${notice.title}`,
    url: `${base}/status/${notice.name}?lang=${view.locale}`,
    id: `${base}/status/${notice.name}#${event.key}`,
  }));
}

/** Atom (RFC 4287). */
export function atomFeed(view: StatusView, base: string, self: string): string {
  const entries = entriesOf(view, base);
  const items = entries.map(
    ({ notice, event, title, url, id }) => markup`
<entry><id>${id}</id><title>${title}</title><link href="${url}"/><updated>${event.at.iso}</updated>
<content type="html">${content(notice, event).source}</content></entry>`,
  );
  return markup`<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${view.locale}"><id>${base}/status</id><title>${view.title}</title>
<link href="${base}/status"/><link rel="self" href="${self}"/><author><name>${view.title}</name></author>
<updated>${newest(entries).toISOString()}</updated>${items}
</feed>
`.source;
}

/** RSS 2.0. */
export function rssFeed(view: StatusView, base: string, self: string): string {
  const entries = entriesOf(view, base);
  const items = entries.map(
    ({ notice, event, title, url, id }) => markup`
<item><title>${title}</title><link>${url}</link><guid isPermaLink="false">${id}</guid><pubDate>${new Date(event.at.iso).toUTCString()}</pubDate>
<description>${content(notice, event).source}</description></item>`,
  );
  return markup`<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>${view.title}</title><link>${base}/status</link>
<atom:link rel="self" type="application/rss+xml" href="${self}"/><description>${view.title}</description>
<language>${view.locale}</language><lastBuildDate>${newest(entries).toUTCString()}</lastBuildDate>${items}
</channel></rss>
`.source;
}

/** As HTML, which the feed then has as text. */
function content({ about, windows }: NoticeWordsView, { text }: EventView): Markup {
  const lines = text.split('\n').map(line => markup`${line}<br>`);
  const facts = [...windows.map(one => one.text), ...about].map(one => markup`<li>${one}</li>`);
  return markup`<p>${lines}</p><ul>${facts}</ul>`;
}

/** Of a feed without entries it is always the same. */
function newest([first]: readonly Entry[]): Date {
  return new Date(first?.event.at.iso ?? 0);
}
