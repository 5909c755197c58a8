import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadLocales, type PhrasebookError, parseMarkdown, plain } from '../../../src/core/text/index.ts';

const FOLDER = join(import.meta.dirname, '../../../locales');
const book = loadLocales(FOLDER);
const sources = book
  .locales()
  .map(locale => [locale, readFileSync(join(FOLDER, `${locale}.ftl`), 'utf8')] as const);
const keysOf = (source: string) =>
  [...source.matchAll(/^([a-z][\w-]*) *=/gm)].map(match => match[1] as string);

/** Says a key with a value for each variable that it turns out to need. */
function said(locale: string, key: string): string {
  const args: Record<string, string | number> = {};
  for (let tries = 0; tries < 20; tries++) {
    try {
      return book.say(locale, key, args);
    } catch (error) {
      const name = /Unknown variable: \$([\w-]+)/.exec((error as PhrasebookError).message)?.[1];
      if (name === undefined) throw error;
      args[name] = /^(?:count|max|number)$/.test(name) ? 5 : '14:40';
    }
  }
  throw new Error(`${key} wants too much`);
}

describe.each(sources)('the words in %s', (locale, source) => {
  const keys = keysOf(source);

  test('can all be said, and show something', () => {
    expect(keys.length).toBeGreaterThan(100);
    for (const key of keys) expect(plain(said(locale, key)).trim(), key).not.toBe('');
  });

  test('are in the same order as in every other language', () => {
    expect(keys).toEqual(keysOf(sources[0]?.[1] ?? ''));
  });

  test.each([
    [/^(form-title|form-submit|form-cancel|form-back|form-next|wizard-skip|wizard-send|button-[a-z]+)$/, 24],
    [/^field-[a-z]+$/, 45],
    [/^field-[a-z]+-(hint|placeholder)$/, 100],
    [/^(choice-|department-|open-)/, 75],
  ])('fit where the platforms show them: %s', (pattern, max) => {
    const found = keys.filter(key => pattern.test(key));
    expect(found).not.toHaveLength(0);
    for (const key of found) expect(plain(said(locale, key)).length, key).toBeLessThanOrEqual(max);
  });

  test('do not tell whether someone else’s ticket exists', () => {
    expect(book.say(locale, 'not-yours', { number: 7 })).toBe(
      book.say(locale, 'ticket-not-found', { number: 7 }),
    );
  });

  test('do not open or close a mark by mistake', () => {
    for (const key of keys) {
      const text = plain(said(locale, key));
      expect(text, key).not.toMatch(/\*|(?<!\w)_|`/);
      expect(parseMarkdown(said(locale, key)).children.length, key).toBeGreaterThan(0);
    }
  });
});
