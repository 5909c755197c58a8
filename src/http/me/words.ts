import { formatWhen } from '../../core/index.ts';
import { type Markup, markup } from '../markup.ts';
import type { Frame } from './frame.ts';

/** A moment as its reader's wall shows it, in their zone. */
export function stamp({ api, visit }: Frame, at: Date): Markup {
  const zone = visit.session?.zone ?? 'UTC';
  const text = formatWhen(at, visit.locale, zone, api.now(), { zone: 'abbreviation' });
  return markup`<time datetime="${at.toISOString()}">${text}</time>`;
}

const UNITS = ['byte', 'kilobyte', 'megabyte'] as const;

/** '1.2 MB', as the language writes it. */
export function sizeOf(bytes: number, locale: string): string {
  const step = bytes < 1024 ? 0 : bytes < 1024 * 1024 ? 1 : 2;
  const unit = UNITS[step] ?? 'megabyte';
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: step === 2 ? 1 : 0,
  }).format(bytes / 1024 ** step);
}
