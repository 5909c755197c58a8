import fc from 'fast-check';
import { expect, test } from 'vitest';
import { signToken } from '../../src/core/file/rules/token.ts';
import { readUnsubscribeToken, signUnsubscribe } from '../../src/core/outbox/rules/unsubscribe-token.ts';
import { seal, unseal } from '../../src/core/rules/seal.ts';

const secret = Buffer.alloc(32, 1);

test('a seal holds for its purpose, its secret and its claim', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', 'Z', '7', '_', '.', '-'), minLength: 1, maxLength: 60 }),
      fc.constantFrom('a', 'b'),
      (claim, purpose) => {
        const token = seal(purpose, claim, secret);
        expect(unseal(purpose, token, secret)).toBe(claim);
        expect(unseal(`${purpose}x`, token, secret)).toBeUndefined();
        expect(unseal(purpose, token, Buffer.alloc(32, 2))).toBeUndefined();
        expect(unseal(purpose, `x${token}`, secret)).toBeUndefined();
      },
    ),
  );
  fc.assert(fc.property(fc.string({ unit: 'binary' }), text => unseal('a', text, secret) === undefined));
});

test('a link to a file stops no messages, and the other way round', () => {
  const unwanted = { handleId: 36, kind: 'updates' };
  const token = signUnsubscribe(unwanted, secret);
  expect(readUnsubscribeToken(token, secret)).toEqual(unwanted);
  expect(readUnsubscribeToken(signToken(36, 'c', new Date(9e12), secret), secret)).toBeUndefined();
  for (const junk of [
    '',
    '.',
    `${token}x`,
    token.replace('10.', '11.'),
    token.replace('updates', 'invoices'),
  ])
    expect(readUnsubscribeToken(junk, secret)).toBeUndefined();
});
