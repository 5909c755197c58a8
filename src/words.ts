import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadLocales, type Phrasebook, type Policy } from './core/index.ts';

/** Where the desk's own words lie. */
export const LOCALES = join(import.meta.dirname, '..', 'locales');

/**
 * The words of the desk with the operator's own in place of ours.
 *
 * Throws `PhrasebookError` with every fault: a text for a language or a key that is not there, or with other variables.
 */
export function readWords(policy: Policy, folder = LOCALES): Phrasebook {
  const files = readdirSync(folder).filter(name => name.endsWith('.ftl'));
  const sources = Object.fromEntries(
    files.map(name => [name.slice(0, -4), readFileSync(join(folder, name), 'utf8')]),
  );
  // A template that has not all languages is said in the desk's own there.
  for (const [name, { subject, text }] of Object.entries(policy.notifications.templates))
    for (const locale of Object.keys(sources))
      for (const [key, words] of [
        [`notify-${name}`, text],
        [`notify-${name}-subject`, subject],
      ] as const)
        sources[locale] = replaceMessage(
          sources[locale] ?? '',
          key,
          words[locale] ?? words[policy.desk.language] ?? '',
        );
  for (const [locale, texts] of Object.entries(policy.texts))
    for (const [key, pattern] of Object.entries(texts))
      sources[locale] = replaceMessage(sources[locale] ?? '', key, pattern);
  return loadLocales(sources, policy.desk.language);
}

/** A message of a Fluent file goes to the next line that is neither indented nor empty. */
function replaceMessage(source: string, key: string, pattern: string): string {
  const kept: string[] = [];
  let inside = false;
  for (const line of source.split('\n')) {
    if (/^[a-z]/.test(line)) inside = line.startsWith(`${key} =`);
    else if (line.startsWith('#')) inside = false;
    if (!inside) kept.push(line);
  }
  const lines = pattern
    .trim()
    .split('\n')
    .map(line => `    ${line.trimEnd()}`);
  return `${kept.join('\n')}\n${key} =\n${lines.join('\n')}\n`;
}
