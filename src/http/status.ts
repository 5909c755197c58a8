import type { HttpApp } from './app.ts';
import { type Asked, createAnswers, HTML, OPEN, partsFor, type StatusParts } from './status/answer.ts';
import { atomFeed, rssFeed } from './status/feeds.ts';
import { statusJson } from './status/json.ts';
import { historyPage, noticePage, type PageParts, statusPage } from './status/page.ts';
import { takeAddress } from './status/subscribe.ts';

/** The pages and feeds of the public status page. Every answer is made of what is public; the database is asked once in some seconds, whoever asks. */
export function addStatus(app: HttpApp, parts: StatusParts): void {
  const answer = createAnswers(parts);
  const page = (path: string, make: (given: PageParts) => string): void =>
    void app.get(path, c => answer(c.req, HTML, asked => make(partsFor(parts, asked))));
  const feed = (path: string, type: string, make: (asked: Asked) => string | Promise<string>): void =>
    void app.get(path, c => answer(c.req, { ...OPEN, 'content-type': `${type}; charset=utf-8` }, make));
  page('/status', statusPage);
  page('/status/history', historyPage);
  // Whoever looks at the answer again, or changes its language, comes back to the page.
  app.get('/status/subscribe', c => c.redirect(`/status${new URL(c.req.url).search}`, 303));
  app.post('/status/subscribe', c => takeAddress(c.env.incoming, c.req, parts));
  app.get('/status/:name', c => {
    const [, id] = /^N-([1-9]\d{0,14})$/.exec(c.req.param('name')) ?? [];
    return answer(c.req, HTML, asked =>
      id === undefined ? undefined : noticePage(partsFor(parts, asked), Number(id)),
    );
  });
  const self = ({ base, locale }: Asked, path: string): string => `${base}${path}?lang=${locale}`;
  feed('/status.json', 'application/json', ({ status, base }) => statusJson(status.facts, base));
  feed('/status.atom', 'application/atom+xml', asked =>
    atomFeed(asked.status.view(asked.locale), asked.base, self(asked, '/status.atom')),
  );
  feed('/status.rss', 'application/rss+xml', asked =>
    rssFeed(asked.status.view(asked.locale), asked.base, self(asked, '/status.rss')),
  );
  feed('/status.ics', 'text/calendar', ({ status, locale, base }) => status.calendar(locale, base));
}
