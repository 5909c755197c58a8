import { type Act, type Context, transact } from '../context.ts';
import { Refusal } from '../errors.ts';
import type { Page, PageWords } from '../preference/index.ts';
import { plain } from '../text/index.ts';
import type { Person } from './model.ts';
import { readPeople } from './people.ts';
import { doneText, doPage } from './press.ts';
import { type PageDeed, readPageToken } from './rules/page-token.ts';

/** What the links of a mail that calls somebody lead to. Whoever has the mail is the one it was sent to. */
export function createPagePages(ctx: Context): Page {
  return {
    async see(token) {
      const found = await find(ctx, token);
      return found && words(ctx, found.person.locale, found.deed, undefined);
    },
    async press(token) {
      const found = await find(ctx, token);
      if (found === undefined) return undefined;
      const { person, deed, id } = found;
      try {
        const text = await transact(ctx, { type: 'system' }, async act =>
          doneText(act, person.locale, await doPage(act, { id, deed }, person.key)),
        );
        return words(ctx, person.locale, deed, text);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return words(ctx, person.locale, deed, ctx.phrases.say(person.locale, error.code, error.args));
      }
    },
  };
}

async function find(ctx: Context, token: string): Promise<(PageDeed & { person: Person }) | undefined> {
  const { links } = ctx.files;
  const asked = links === undefined ? undefined : readPageToken(token, await links.secret());
  if (asked === undefined) return undefined;
  const { sql } = ctx.database;
  const [row] =
    asked.deed === 'all'
      ? await sql<{ person: string }[]>`select person from call where id = ${asked.id}`
      : await sql<{ person: string }[]>`select person from page where id = ${asked.id}`;
  const [person] = row === undefined ? [] : await readPeople(ctx, sql, [row.person]);
  return person && { ...asked, person };
}

function words(
  { phrases }: Pick<Act, 'phrases'>,
  locale: string,
  deed: PageDeed['deed'],
  done: string | undefined,
): PageWords {
  const say = (part: string): string => plain(phrases.say(locale, `page-link-${deed}-${part}`));
  const page = { locale, title: say('title') };
  return done === undefined
    ? { ...page, text: say('text'), button: say('button') }
    : { ...page, text: plain(done) };
}
