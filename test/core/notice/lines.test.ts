import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FormField } from '../../../src/core/index.ts';
import { linesOf, typedIn } from '../../../src/core/notice/lines.ts';
import { words } from '../../harness/desk.ts';

const act = { phrases: words } as unknown as Parameters<typeof typedIn>[0];
const field = (id: string, more: Partial<FormField> = {}): FormField => ({
  id,
  kind: 'multiline',
  label: id,
  required: false,
  maxLength: 1_000,
  ...more,
});
const fields: readonly FormField[] = [
  field('title', { kind: 'text' }),
  field('text'),
  field('polish'),
  field('about'),
  field('state', {
    kind: 'choice',
    options: [
      { value: 'investigating', label: 'Looking for the cause' },
      { value: 'identified', label: 'Cause found' },
    ],
  }),
];

/** What somebody types, also what looks like a field. */
const line = fc.oneof(
  fc.constantFrom('When: 22:00', 'state: bad', 'title:'),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
);
const text = fc
  .array(
    line.filter(one => !/[\n\r\u2028\u2029]/.test(one)),
    { maxLength: 4 },
  )
  .map(lines => lines.join('\n').trim());

test('what is written as lines is read as it was, whatever it is', () => {
  fc.assert(
    fc.property(
      text,
      text,
      text,
      fc.constantFrom('investigating', 'identified'),
      (title, body, polish, state) => {
        const values = { title, text: body, polish, about: 'WAW1', state };
        const block = linesOf(act, 'pl', 'outage', fields, values).split('\n');
        const inside = block.slice(2, -1).join('\n');
        expect(typedIn(act, fields, inside)).toEqual(values);
        // Nothing that is typed ends the block.
        const [fence = ''] = block;
        expect(inside.split('\n').every(line => !line.startsWith(fence))).toBe(true);
      },
    ),
  );
});

test('a text that is no form is none; names count in every language, a choice by its label', () => {
  expect(typedIn(act, fields, 'The part is late.')).toBeUndefined();
  expect(typedIn(act, fields, 'At noon: we stop.\ntitle: x')).toBeUndefined();
  expect(typedIn(act, fields, '')).toBeUndefined();
  expect(typedIn(act, fields, 'TYTUŁ: Prąd\nabout : WAW1\nWAW2\nState: cause found')).toEqual({
    title: 'Prąd',
    about: 'WAW1\nWAW2',
    state: 'identified',
  });
});

test('a line of a text that names a field is a line when it is set in, and is asked about when it is not', () => {
  const set = 'title: Work\ntext: We change it.\n  When: at noon\nstate: investigating';
  expect(typedIn(act, fields, set)).toMatchObject({ text: 'We change it.\nWhen: at noon' });
  expect(() => typedIn(act, fields, 'title: Work\ntext: One\ntext: Two')).toThrow('notice-line-twice');
});
