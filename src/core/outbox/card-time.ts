import type { Context } from '../context.ts';
import { formatWhen } from '../text/index.ts';

/** Far from every moment that a card shows: the card stays for days, so its times carry their date. */
const LONG_AGO = new Date(0);

/** A moment as a card shows it, on the desk's clock. */
export function cardTime({ policy }: Context, moment: Date, locale: string): string {
  return formatWhen(moment, locale, policy.desk.zone, LONG_AGO, { zone: 'abbreviation' });
}
