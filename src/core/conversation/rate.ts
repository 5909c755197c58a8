import type { Handle } from '../actor.ts';
import type { Answer, ChannelKind, FormView, Submitted } from '../channel/index.ts';
import { type Act, as, type Context, channelOf, transact } from '../context.ts';
import { languageOf, recognise } from '../identity/index.ts';
import type { Talk } from '../intake/index.ts';
import { answerIn, COMMENT, commentOn, rate } from '../rating/index.ts';
import { isBlank, oneLine, plain } from '../text/index.ts';
import { lockOwnTicket, readNumber } from '../ticket/index.ts';
import { awaitedWords, awaitWords } from './awaited-words.ts';

const AWAITED = 'awaited-rating';

/** A button about how it went; undefined for every other one. Throws `Refusal` for a ticket of somebody else as for one that is not there. */
export async function pressRate(act: Act, owner: Handle, action: string): Promise<Answer | undefined> {
  const [verb, number = '', how = ''] = action.split(':');
  if (verb === 'rate-say') return askForWords(act, owner, readNumber(number));
  const answer = answerIn(how);
  if (verb !== 'rate' || answer === undefined) return undefined;
  const ticket = await lockOwnTicket(act, owner, readNumber(number));
  await rate(act, ticket, answer);
  const label = oneLine(plain(act.phrases.say(owner.locale, 'button-rate-say')), 40);
  return {
    type: 'say',
    text: act.phrases.say(owner.locale, 'rate-thanks'),
    buttons: [{ action: `rate-say:${ticket.id}`, label }],
  };
}

async function askForWords(act: Act, owner: Handle, id: number): Promise<Answer> {
  await lockOwnTicket(act, owner, id);
  if (channelOf(act, owner.channel).limits.forms === 'none')
    return { type: 'say', text: act.phrases.say(owner.locale, 'rate-say-it', { number: id }) };
  return { type: 'form', form: wordsForm(act, owner.locale, id) };
}

function wordsForm(ctx: Context, locale: string, id: number, value?: string, error?: string): FormView {
  const say = (key: string): string => plain(ctx.phrases.say(locale, key));
  return {
    page: 'rate',
    draft: String(id),
    locale,
    title: say('rate-form-title'),
    submit: say('form-submit'),
    close: say('form-cancel'),
    fields: [
      {
        id: 'comment',
        kind: 'multiline',
        label: say('rate-comment'),
        required: true,
        maxLength: COMMENT,
        value,
        error,
      },
    ],
  };
}

/** Words that were typed in a window. One in which nothing stands leaves no receipt: it may be sent again. */
export async function submitRating(ctx: Context, channel: ChannelKind, sent: Submitted): Promise<Answer> {
  const locale = await languageOf(ctx, ctx.database.sql, channel, sent.from);
  const { comment = '' } = sent.values;
  const id = readNumber(sent.draft);
  if (isBlank(comment)) {
    const form = wordsForm(ctx, locale, id, comment, plain(ctx.phrases.say(locale, 'nothing-written')));
    const label = oneLine(plain(ctx.phrases.say(locale, 'form-correct')), 40);
    return { type: 'faults', form, text: '', retry: { action: `rate-say:${id}`, label } };
  }
  return transact(ctx, { type: 'system' }, async act => {
    const handle = await recognise(act, channel, sent.from);
    const once = await act.tx`
      insert into receipt (channel, event_id, state, run_at, received_at)
      values (${channel}, ${sent.eventId}, 'done', ${act.at}, ${act.at}) on conflict do nothing`;
    if (once.count === 0) return { type: 'nothing' };
    const customer = as(act, { type: 'customer', handle });
    await commentOn(customer, await lockOwnTicket(customer, handle, id), comment);
    const title = plain(ctx.phrases.say(locale, 'rate-form-title'));
    return { type: 'say', text: ctx.phrases.say(locale, 'rate-thanks-words'), done: true, title };
  });
}

/** The chat waits for words about a ticket. */
export async function waitForWords(talk: Talk, action: string): Promise<void> {
  const [verb, number = ''] = action.split(':');
  if (verb === 'rate-say') await awaitWords(talk, AWAITED, number);
}

/** The answer to what the chat waits for; undefined when it waits for no such words. */
export async function hearWords(talk: Talk, text: string): Promise<Answer | undefined> {
  const number = await awaitedWords(talk, AWAITED);
  if (number === undefined) return undefined;
  const { act, owner } = talk;
  await commentOn(act, await lockOwnTicket(act, owner, readNumber(number)), plain(text));
  return { type: 'say', text: act.phrases.say(owner.locale, 'rate-thanks-words') };
}
