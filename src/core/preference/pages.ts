import type { Context } from '../context.ts';
import { plain } from '../text/index.ts';
import { confirmLinked, seeLinked } from './confirm.ts';
import { seeStop, stop } from './unsubscribe.ts';

/** A plain page: a line to read, and a button when something is to be done. All of it is plain text. */
export interface PageWords {
  readonly locale: string;
  readonly title: string;
  readonly text: string;
  readonly button?: string;
}

/** What a link of a mail leads to: `see` changes nothing (scanners of mail open every link), `press` does it. Undefined: the link works not. */
export interface Page {
  see(token: string): Promise<PageWords | undefined>;
  press(token: string): Promise<PageWords | undefined>;
}

/** The pages of links in mails. */
export interface Pages {
  readonly confirm: Page;
  readonly unsubscribe: Page;
  /** What is shown for a link that works not, whatever is wrong with it; in the language the browser asks for. */
  broken(language: string | undefined): PageWords;
}

/** Pages over a context. */
export function createPages(ctx: Context): Pages {
  const words = (key: string, locale: string, args: Readonly<Record<string, string>>): PageWords => {
    const say = (part: string): string => plain(ctx.phrases.say(locale, `page-${key}-${part}`, args));
    const page = { locale, title: say('title'), text: say('text') };
    return key === 'broken' || key.endsWith('-done') ? page : { ...page, button: say('button') };
  };
  const desk = ctx.policy.desk.name;
  return {
    broken: language => words('broken', ctx.phrases.match(language), { desk }),
    confirm: {
      async see(token) {
        const found = await seeLinked(ctx, token);
        return found && words('confirm', found.locale, { desk, address: found.address });
      },
      async press(token) {
        const done = await confirmLinked(ctx, token);
        return done && words('confirm-done', done.locale, { desk, address: done.address });
      },
    },
    unsubscribe: {
      async see(token) {
        const found = await seeStop(ctx, token);
        return found && words('unsubscribe', found.locale, { desk, address: found.address });
      },
      async press(token) {
        const done = await stop(ctx, token);
        return done && words('unsubscribe-done', done.locale, { desk, address: done.address });
      },
    },
  };
}
