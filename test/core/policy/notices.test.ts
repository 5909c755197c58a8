import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readPolicy } from '../../../src/core/policy/read.ts';

const shipped = readFileSync(new URL('../../../desk.yaml', import.meta.url), 'utf8');
const given = (templates: string) =>
  readPolicy(
    shipped.replace(/^notices:\n {2}templates:\n(?: {4}.*\n)+/m, `notices:\n  templates:\n${templates}`),
  );

test('as it ships each kind of notice has a template, in both languages', () => {
  const read = readPolicy(shipped);
  const templates = read.ok ? read.policy.notices.templates : [];
  for (const kind of ['maintenance', 'change', 'outage'])
    expect(templates.filter(one => one.kind === kind && one.title.pl && one.text.en).length).toBeGreaterThan(
      0,
    );
});

test('a template has a name of its own, words in a language of the desk, and a kind', () => {
  const one = '    - { name: power, kind: outage, title: { en: Power }, text: { en: It is off. } }\n';
  expect(given(one).ok).toBe(true);
  expect(given(one + one)).toMatchObject({
    ok: false,
    faults: [expect.stringContaining('there is a template power')],
  });
  for (const [wrong, why] of [
    ['{ name: power, kind: party, title: { en: P }, text: { en: T } }', 'kind'],
    ['{ name: power, kind: outage, title: {}, text: { en: T } }', 'write it in en, in pl, or in both'],
    ['{ name: power, kind: outage, title: { de: P }, text: { en: T } }', 'de'],
  ] as const)
    expect(given(`    - ${wrong}\n`), wrong).toMatchObject({
      ok: false,
      faults: expect.arrayContaining([expect.stringContaining(why)]),
    });
});
