import type { Button } from '../channel/index.ts';
import type { Context } from '../context.ts';
import { oneLine, plain, raw } from '../text/index.ts';
import { canMail } from './mail-code.ts';
import type { Trust } from './rules/trust.ts';

/** Words for the person, with a button. */
export interface HowTo {
  /** CommonMark. */
  readonly text: string;
  readonly buttons: readonly Button[];
  /** How surely. */
  readonly need: Trust;
}

/** The ways to prove who one is: from the client area, and by mail where a link is enough and the desk sends mail. */
export function howToProve(ctx: Context, locale: string, need: Trust = 'linked'): HowTo {
  const area = ctx.policy.trust.client_area?.replace('{ticket}', '');
  const ways = [
    area === undefined
      ? ctx.phrases.say(locale, 'prove-how')
      : ctx.phrases.say(locale, 'prove-how-at', { area: raw(`<${area}>`) }),
    ...(need !== 'fresh' && canMail(ctx) ? [ctx.phrases.say(locale, 'prove-how-mail')] : []),
  ];
  return { text: ways.join('\n\n'), buttons: [linkButton(ctx, locale)], need };
}

/** The button that asks for a code, for a ticket or for none. */
export function linkButton(ctx: Context, locale: string, ticket?: number): Button {
  const action = ticket === undefined ? 'link' : `prove:${ticket}`;
  return { action, label: oneLine(plain(ctx.phrases.say(locale, 'button-prove')), 40), style: 'primary' };
}
