import type { Break } from './model.ts';

const outbox = 'src/core/outbox';
const inbox = 'src/core/conversation/inbox.ts';

/** Of guarantee 11: one poisonous message delays nobody else. */
export const poisonBreaks: readonly Break[] = [
  {
    guarantee: 11,
    what: 'a place that must wait makes the whole bot wait',
    edits: [[`${outbox}/limiter.ts`, "if (receipt.scope === 'bot') ", '']],
    test: 'test/core/outbox/lanes.test.ts',
  },
  {
    guarantee: 11,
    what: 'a stored event that cannot be worked is tried for ever',
    edits: [[inbox, 'const over = attempts >= ATTEMPTS;', 'const over = attempts < 0;']],
    test: 'test/core/conversation/inbox.test.ts',
  },
  {
    guarantee: 11,
    what: 'attempts of a broadcast that hang take every slot',
    edits: [[`${outbox}/relay.ts`, 'const LOW_AT_ONCE = 18;', 'const LOW_AT_ONCE = 24;']],
    test: 'test/core/outbox/shares.test.ts',
  },
];
