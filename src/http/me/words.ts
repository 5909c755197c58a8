import { formatWhen } from '../../core/index.ts';
import { type Markup, markup } from '../markup.ts';
import type { Frame } from './frame.ts';

/** A moment as its reader's wall shows it, in their zone. */
export function stamp({ api, visit }: Frame, at: Date): Markup {
  const zone = visit.session?.zone ?? 'UTC';
  const text = formatWhen(at, visit.locale, zone, api.now(), { zone: 'abbreviation' });
  return markup`<time datetime="${at.toISOString()}">${text}</time>`;
}

const KB = 1024;

/** '1.2 MB', as the language writes it. */
export function sizeOf(bytes: number, locale: string): string {
  const large = bytes >= KB * KB;
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: large ? 'megabyte' : 'kilobyte',
    unitDisplay: 'short',
    maximumFractionDigits: large ? 1 : 0,
  }).format(large ? bytes / KB ** 2 : Math.max(1, Math.ceil(bytes / KB)));
}

/** Which browser a user agent is, the first that fits: all of them say that they are several others, too. */
const BROWSERS = [
  ['Edg', 'Edge'],
  ['OPR/', 'Opera'],
  ['SamsungBrowser', 'Samsung Internet'],
  ['Firefox', 'Firefox'],
  ['FxiOS', 'Firefox'],
  ['Chrome', 'Chrome'],
  ['CriOS', 'Chrome'],
  ['Safari', 'Safari'],
] as const;
const SYSTEMS = [
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Android', 'Android'],
  ['Windows', 'Windows'],
  ['Mac OS', 'macOS'],
  ['CrOS', 'ChromeOS'],
  ['Linux', 'Linux'],
] as const;

/** A browser as people know it: 'Firefox, Windows'. What is none that is known is shown as it says it is. */
export function browserName(agent: string): string {
  const known = (names: readonly (readonly [string, string])[]): string | undefined =>
    names.find(([sign]) => agent.includes(sign))?.[1];
  const parts = [known(BROWSERS), known(SYSTEMS)].filter(part => part !== undefined);
  return parts.length === 2 ? parts.join(', ') : agent;
}
