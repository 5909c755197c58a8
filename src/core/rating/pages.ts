import { type Act, type Context, transact } from '../context.ts';
import { Refusal } from '../errors.ts';
import { isBlank, plain } from '../text/index.ts';
import { lockTicket } from '../ticket/index.ts';
import { answerIn, COMMENT, type RatingAnswer, ratingAnswers } from './model.ts';
import { commentOn, rate, readRatingOf } from './rate.ts';
import { readRating } from './rules/token.ts';

/** The link of a mail works so long after the question, in ms. */
const LINK_MS = 60 * 86_400_000;

/** The form behind such a link: plain text. */
export interface RatePage {
  readonly locale: string;
  readonly title: string;
  readonly text: string;
  readonly answers: readonly { readonly value: RatingAnswer; readonly label: string }[];
  readonly chosen: RatingAnswer | undefined;
  readonly comment: string;
  readonly commentLabel: string;
  readonly commentMax: number;
  readonly button: string;
  /** What came of it; absent while nothing was sent. */
  readonly done?: string;
}

/** What the links of mails lead to that ask how it went. Undefined for every text that is no token of one. */
export interface RatePages {
  /** Nothing is changed. `how`: the answer that was clicked in the mail. */
  see(token: string, how: string): Promise<RatePage | undefined>;
  give(token: string, how: string, comment: string): Promise<RatePage | undefined>;
}

/** Pages over a context. */
export function createRatePages(ctx: Context): RatePages {
  const ticketIn = async (token: string): Promise<number | undefined> => {
    const { links } = ctx.files;
    return links === undefined || token.length > 200 ? undefined : readRating(token, await links.secret());
  };
  return {
    async see(token, how) {
      const id = await ticketIn(token);
      return id === undefined
        ? undefined
        : transact(ctx, { type: 'system' }, act => pageOf(act, id, answerIn(how)));
    },
    async give(token, how, comment) {
      const id = await ticketIn(token);
      const answer = answerIn(how);
      if (id === undefined) return undefined;
      return transact(ctx, { type: 'system' }, async act => {
        const asked = await readRatingOf(act.tx, id);
        if (asked === undefined || isOver(act, asked.askedAt)) return undefined;
        if (answer === undefined) return pageOf(act, id, undefined);
        const ticket = await lockTicket(act, id);
        const done = await take(act, ticket, answer, comment);
        const page = await pageOf(act, id, answer);
        return page && { ...page, done: plain(ctx.phrases.say(page.locale, done)) };
      });
    },
  };
}

const isOver = (act: Act, askedAt: Date): boolean => act.at.getTime() - askedAt.getTime() > LINK_MS;

/** Returns the words of what came of it. */
async function take(
  act: Act,
  ticket: Awaited<ReturnType<typeof lockTicket>>,
  answer: RatingAnswer,
  comment: string,
): Promise<string> {
  try {
    await rate(act, ticket, answer);
    if (!isBlank(comment)) await commentOn(act, ticket, comment);
    return 'rate-thanks';
  } catch (error) {
    if (error instanceof Refusal && error.code === 'rate-often') return 'rate-often';
    throw error;
  }
}

async function pageOf(act: Act, id: number, chosen: RatingAnswer | undefined): Promise<RatePage | undefined> {
  const [ticket] = await act.tx<{ subject: string; locale: string }[]>`
    select subject, locale from ticket where id = ${id}`;
  const row = await readRatingOf(act.tx, id);
  if (ticket === undefined || row === undefined || isOver(act, row.askedAt)) return undefined;
  const locale = act.phrases.match(ticket.locale);
  const say = (key: string, args = {}): string => plain(act.phrases.say(locale, key, args));
  return {
    locale,
    title: say('rate-title'),
    text: say('rate-about', { number: id, subject: ticket.subject }),
    answers: ratingAnswers.map(value => ({ value, label: say(`rate-${value}`) })),
    chosen: chosen ?? row.answer ?? undefined,
    comment: row.comment ?? '',
    commentLabel: say('rate-comment'),
    commentMax: COMMENT,
    button: say('rate-send'),
  };
}
