import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FluentVariable } from '@fluent/bundle';
import { FluentBundle, FluentNumber, FluentResource } from '@fluent/bundle';
import { literalInline } from './literal.ts';
import { checkLocales } from './locales.ts';

/** Markdown that goes into a phrase as it is; made by `raw`. */
export interface Raw {
  readonly raw: string;
}

/** Strings are shown literally, numbers without grouping (they still choose the plural), `raw('…')` is markdown. */
export type SayArgs = Readonly<Record<string, string | number | Raw>>;

/** The desk's words in every language it has. */
export interface Phrasebook {
  /**
   * The phrase as CommonMark source. `locale` may be anything a platform names ('pl', 'pl-PL', undefined): it is matched first.
   * Throws `PhrasebookError` for a key or an argument that is missing: a fault of ours, never of the input.
   */
  say(locale: string | undefined, key: string, args?: SayArgs): string;
  has(key: string): boolean;
  /** The languages at hand, the default first. */
  locales(): readonly string[];
  /** 'pl-PL' → 'pl'; unknown or absent → the default language. */
  match(requested: string | undefined): string;
}

/** The locale files, or a use of them, are faulty; `problems` has every fault with its file. */
export class PhrasebookError extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(`the words of the desk are incomplete:\n  ${problems.join('\n  ')}`);
    this.name = 'PhrasebookError';
    this.problems = problems;
  }
}

/** Marks markdown of our own, so that `say` does not escape it. Never for what a person wrote. */
export function raw(markdown: string): Raw {
  return { raw: markdown };
}

/**
 * Reads the Fluent files: a folder with one `<locale>.ftl` each, or a map of locale → Fluent source. Throws `PhrasebookError` with every
 * unreadable, doubled, missing or extra key and every variable that differs from the default language, all at once.
 */
export function loadLocales(from: string | Readonly<Record<string, string>>, fallback = 'en'): Phrasebook {
  const sources = typeof from === 'string' ? readFolder(from) : new Map(Object.entries(from));
  const problems = checkLocales(sources, fallback);
  if (problems.length > 0) throw new PhrasebookError(problems);
  const bundles = new Map<string, FluentBundle>();
  for (const [locale, source] of sources) {
    const bundle = new FluentBundle(locale, { useIsolating: false });
    bundle.addResource(new FluentResource(source));
    bundles.set(locale, bundle);
  }
  return phrasebook(bundles, fallback);
}

function readFolder(folder: string): Map<string, string> {
  const files = readdirSync(folder).filter(name => name.endsWith('.ftl'));
  return new Map(files.sort().map(name => [name.slice(0, -4), readFileSync(join(folder, name), 'utf8')]));
}

function phrasebook(bundles: ReadonlyMap<string, FluentBundle>, fallback: string): Phrasebook {
  const known = [fallback, ...[...bundles.keys()].filter(locale => locale !== fallback)];
  const match = (requested: string | undefined): string => {
    const tag = (requested ?? '').toLowerCase().replaceAll('_', '-');
    return known.find(l => l.toLowerCase() === tag) ?? known.find(l => l === tag.split('-')[0]) ?? fallback;
  };
  return {
    match,
    locales: () => known,
    has: key => bundles.get(fallback)?.hasMessage(key) ?? false,
    say(locale, key, args = {}) {
      const chosen = match(locale);
      return format(bundles.get(chosen) as FluentBundle, `${chosen}.ftl: ${key}`, key, args);
    },
  };
}

function format(bundle: FluentBundle, where: string, key: string, args: SayArgs): string {
  const pattern = bundle.getMessage(key)?.value;
  if (!pattern) throw new PhrasebookError([`${where}: there is no such key`]);
  const errors: Error[] = [];
  const text = bundle.formatPattern(pattern, variables(args), errors);
  if (errors.length > 0) throw new PhrasebookError(errors.map(error => `${where}: ${error.message}`));
  return text;
}

function variables(args: SayArgs): Record<string, FluentVariable> {
  const out: Record<string, FluentVariable> = {};
  for (const [name, value] of Object.entries(args)) {
    if (typeof value === 'number') out[name] = new FluentNumber(value, { useGrouping: false });
    else out[name] = typeof value === 'string' ? literalInline(value) : value.raw;
  }
  return out;
}
