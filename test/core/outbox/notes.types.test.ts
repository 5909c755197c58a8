import { expect, test } from 'vitest';
import type { CustomerMessage, DeliveryDraft } from '../../../src/core/outbox/index.ts';

// What the types refuse is checked by `npm run verify` (tsc): an unused `@ts-expect-error` is an error there.

const base = { placeId: 1, kind: 'post', class: 'reply', content: { text: '' } } as const;
const note = { id: 1, kind: 'note' } as const;

test('a note may be put in for the desk, and is no message for a customer', () => {
  const right: DeliveryDraft = { ...base, role: 'desk', message: note };
  // @ts-expect-error a note can never enter a delivery that is bound for a customer
  const wrong: DeliveryDraft = { ...base, role: 'customer', message: note };
  // @ts-expect-error nor by way of the message
  const message: CustomerMessage = note;
  // @ts-expect-error nor where it is not said whom it is for
  const unsaid: DeliveryDraft = { ...base, message: note };
  const either = 'customer' as 'customer' | 'desk';
  // @ts-expect-error nor where that is open
  const open: DeliveryDraft = { ...base, role: either, message: note };
  expect([right, wrong, message, unsaid, open]).toHaveLength(5);
});
