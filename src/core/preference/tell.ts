import { type DeliveryClass, platformName } from '../channel/index.ts';
import type { Act, Context } from '../context.ts';
import { channelOf } from '../context.ts';
import { type Content, enqueue, ownPlace, rewordFirst } from '../outbox/index.ts';
import { literal, plain, raw, splitMarkdown } from '../text/index.ts';
import type { Destination, NotificationType, Told, Words } from './model.ts';
import { MAIL } from './model.ts';
import { isRefusable } from './rules/types.ts';

/** What is said, to whom, and in which words. */
export interface Telling {
  readonly dispatchId: number;
  readonly type: NotificationType;
  readonly class: DeliveryClass;
  /** What a notice says, in its place. */
  readonly told: Exclude<Told, { notice: true }> | { readonly words: Words };
  readonly locale: string;
  readonly ticket?: { readonly id: number; readonly channel: string; readonly address: string | null };
  readonly message?: { readonly id: number; readonly kind: 'request' | 'reply'; readonly body: string };
}

/** Room for what stands before and below a text. */
const AROUND = 400;

/** Puts the deliveries of one try into the lane of the destination's place. */
export async function tellAt(act: Act, to: Destination, telling: Telling): Promise<void> {
  const { ticket, message, dispatchId, told } = telling;
  // By mail all that is said of a ticket is one conversation.
  const apart = to.channel === MAIL ? (ticket?.id ?? null) : null;
  const { id: placeId, isNew } = await ownPlace(act, { id: to.handleId, channel: to.channel }, apart);
  const opens = isNew && apart !== null;
  const contents = contentsFor(act, to, telling);
  for (const [index, content] of contents.entries())
    enqueue(act, {
      placeId,
      role: 'customer',
      kind: opens && index === 0 ? 'thread' : 'post',
      class: telling.class,
      ticketId: ticket?.id,
      message: message && { id: message.id, kind: message.kind },
      content,
      dispatchId,
    });
  if ('words' in told)
    for (const { dispatchId: id, now } of standsOf(told.words, dispatchId))
      keepUpToDate(act, to, placeId, { ...telling, dispatchId: id }, now);
}

/** Whether it is said there in one message. */
export function isOneMessage(act: Act, to: Destination, telling: Telling): boolean {
  return contentsFor(act, to, telling).length === 1;
}

/** How each notice of it stands now. */
function standsOf({ now, bundle }: Words, dispatchId: number): NonNullable<Words['bundle']> {
  return bundle ?? (now === undefined ? [] : [{ dispatchId, now }]);
}

/** The first message of a notice in somebody's chat shows how it stands now, where the platform lets a message change. Mail stays as it was sent. */
function keepUpToDate(act: Act, to: Destination, placeId: number, telling: Telling, now: string): void {
  const { limits, edit } = channelOf(act, to.channel);
  if (edit === undefined || limits.subject !== undefined || limits.measure(now) > AROUND) return;
  rewordFirst(act, { placeId, dispatchId: telling.dispatchId, class: telling.class, after: now });
}

function contentsFor(act: Act, to: Destination, telling: Telling): Content[] {
  const { limits } = channelOf(act, to.channel);
  const { told, locale, type } = telling;
  const stops = isRefusable(type) ? type : undefined;
  if (limits.subject !== undefined && !('copy' in told)) {
    if ('say' in told) return [{ say: told.say, args: told.args, locale }];
    const { key, args } = phraseOf(told);
    const calendar = 'words' in told ? told.words.calendar : undefined;
    const more = {
      ...(calendar && { calendar }),
      ...('words' in told && told.words.bundle && { bundle: true as const }),
    };
    return [{ say: key, args, locale, subject: `${key}-subject`, stops, ...more }];
  }
  const after = 'copy' in told ? howToAnswer(act, to, telling) : undefined;
  const parts = splitMarkdown(textOf(act, telling), limits.text - AROUND, limits.measure);
  const bundle = 'words' in told && told.words.bundle ? { bundle: true as const } : {};
  return parts.map((text, index) =>
    index === parts.length - 1 ? { text, after, ...bundle } : { text, ...bundle },
  );
}

function textOf(ctx: Context, { told, locale, message }: Telling): string {
  if ('copy' in told) return message?.body ?? '';
  if ('words' in told) return `**${literal(told.words.subject)}**\n\n${told.words.text}`;
  if ('say' in told) return ctx.phrases.say(locale, told.say, told.args);
  const { key, args } = phraseOf(told);
  const subject = plain(ctx.phrases.say(locale, `${key}-subject`, args));
  return `**${literal(subject)}**\n\n${ctx.phrases.say(locale, key, args)}`;
}

/** What the provider's program gave is shown literally: a template escapes its arguments, and plain text is no markup. */
function phraseOf(
  told: Extract<Telling['told'], { template: string } | { subject: string } | { words: Words }>,
) {
  if ('words' in told)
    return { key: 'notify-plain', args: { subject: told.words.subject, text: raw(told.words.text) } };
  if ('template' in told) return { key: templateKey(told.template), args: told.args };
  return {
    key: 'notify-plain',
    args: { subject: told.subject, text: raw(literal(told.text)) },
  };
}

/** The key of a template's words; its subject's ends with `-subject`. */
export function templateKey(template: string): string {
  return `notify-${template}`;
}

/** A copy says where its ticket goes on. */
function howToAnswer(act: Act, to: Destination, { ticket, locale }: Telling): string | undefined {
  if (ticket === undefined) return undefined;
  const { limits } = channelOf(act, to.channel);
  const say = act.phrases.say.bind(act.phrases, locale);
  if (limits.subject === undefined) {
    const command = limits.forms === 'none' ? '/reply' : '/ticket reply';
    return say('copy-answer-here', { number: ticket.id, command });
  }
  const link =
    ticket.address === null ? undefined : act.channels.get(ticket.channel)?.linkTo?.(ticket.address);
  const platform = platformName(ticket.channel);
  return link === undefined
    ? say('copy-answer-there', { number: ticket.id, platform })
    : say('copy-answer-at', { number: ticket.id, platform, link: raw(`<${link}>`) });
}
