import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkDocuments } from '../../scripts/documents.ts';
import { checkLocales } from '../../scripts/locales.ts';
import { missingPlatforms } from '../../scripts/lock.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'switchdesk-verify-'));
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

describe('locales', () => {
  test('the same messages with the same variables pass, whatever the plural forms', () => {
    const en =
      'hours = { $n ->\n    [one] { $n } hour\n   *[other] { $n } hours\n }\nbutton = Close\n  .hint = { $who }\n';
    const pl =
      'button = Zamknij\n  .hint = { $who }\nhours = { $n ->\n    [one] { $n } godzina\n   *[other] { $n } godzin\n }\n';
    write({ 'en.ftl': en, 'pl.ftl': pl });
    expect(checkLocales(root)).toEqual([]);
  });

  test('a message, an attribute or a variable that one language lacks is named', () => {
    write({
      'en.ftl': 'hello = Hello { $name }\nbye = Bye\nbutton = Close\n  .hint = Ends it\n',
      'pl.ftl': 'hello = Cześć\nbutton = Zamknij\nextra = Więcej\n',
    });
    expect(checkLocales(root).sort()).toEqual([
      'en.ftl lacks extra',
      'hello: en.ftl uses (name), pl.ftl uses ()',
      'pl.ftl lacks button.hint',
      'pl.ftl lacks bye',
    ]);
  });

  test('what Fluent would skip without a word is a fault', () => {
    write({ 'en.ftl': 'hello = Hello { $name\n', 'pl.ftl': 'hello = Cześć { $name\n' });
    expect(checkLocales(root)).toContain('en.ftl: hello cannot be read as Fluent');
  });

  test('one language alone proves nothing', () => {
    write({ 'en.ftl': 'hello = Hello\n' });
    expect(checkLocales(root)).toHaveLength(1);
  });
});

describe('documents', () => {
  test('links, paths and scripts that exist pass; examples and placeholders are left alone', () => {
    write({
      'package.json': '{"scripts":{"demo":"x"}}',
      'src/main.ts': '',
      'docs/guide.md':
        'See [the plan](../README.md#top), `src/main.ts`, `src/core/<feature>/index.ts`, [x](https://x.y/z).',
      'README.md': '`npm run demo`\n\n```\nsrc/none/such.ts\n```\n',
    });
    expect(checkDocuments(root)).toEqual([]);
  });

  test('what is cited and not there is named with its document', () => {
    write({
      'package.json': '{"scripts":{}}',
      'README.md': '`src/gone.ts`, [lost](docs/lost.md), `LOST.md`, `npm run nothing`',
    });
    expect(checkDocuments(root)).toEqual([
      'README.md cites docs/lost.md, which is not there',
      'README.md cites src/gone.ts, which is not there',
      'README.md cites LOST.md, which is not there',
      'README.md cites `npm run nothing`, which is no script',
    ]);
  });
});

describe('the lock file', () => {
  const needs = { version: '1.0.0', dev: true, optionalDependencies: { '@x/bin-darwin-arm64': '1.0.0' } };

  test('an optional package for another platform that has no entry is added by name and version', () => {
    const entry = { version: '1.0.0', dev: true, optional: true, os: ['darwin'], cpu: ['arm64'] };
    expect(missingPlatforms({ 'node_modules/x': needs })).toEqual({
      'node_modules/@x/bin-darwin-arm64': entry,
    });
  });

  test('one that has an entry, beside its owner or above it, is not missing', () => {
    const packages = { 'node_modules/x': needs, 'node_modules/@x/bin-darwin-arm64': {} };
    expect(missingPlatforms(packages)).toEqual({});
    const nested = {
      'node_modules/y/node_modules/x': needs,
      'node_modules/y/node_modules/@x/bin-darwin-arm64': {},
    };
    expect(missingPlatforms(nested)).toEqual({});
  });
});
