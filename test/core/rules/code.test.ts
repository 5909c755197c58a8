import fc from 'fast-check';
import { expect, test } from 'vitest';
import { codeFrom, codeIn, grouped } from '../../../src/core/rules/code.ts';

test('a code is read however it was typed, and nothing else is one', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(8, 16).chain(length => fc.uint8Array({ minLength: length, maxLength: length })),
      bytes => {
        const code = codeFrom(bytes, bytes.length);
        expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]+$/);
        for (const typed of [
          grouped(code),
          ` ${grouped(code).toLowerCase().replaceAll('-', ' ')} `,
          code.replaceAll('0', 'o').replaceAll('1', 'l'),
        ])
          expect(codeIn(typed, [bytes.length])).toBe(code);
        expect(codeIn(code.slice(1), [bytes.length])).toBeUndefined();
        expect(codeIn(`${code.slice(1)}U`, [bytes.length])).toBeUndefined();
      },
    ),
  );
  for (const wrong of ['', ' ', '-'.repeat(16), 'x'.repeat(1000)])
    expect(codeIn(wrong, [8, 16])).toBeUndefined();
});
