import type { Break } from './model.ts';

const climb = 'src/core/escalation/climb.ts';
const test = 'test/core/escalation/climb.test.ts';

/** Breaks of who is called, and of when that ends. */
export const ladderBreaks: readonly Break[] = [
  {
    guarantee: 4,
    what: 'an acknowledgement ends the calls for good',
    edits: [[climb, '  await wake(act, ticket.id, climb.plan.acknowledged);\n', '']],
    test,
  },
  {
    guarantee: 4,
    what: 'whoever has answered is called on',
    edits: [
      [
        climb,
        "for (const target of ['ladder:next', 'ladder:step']) await cancel(act, { ticketId, target });",
        '',
      ],
      [climb, 'const [climb] = ended;', 'const [climb] = ended.slice(1);'],
      [
        climb,
        "update climb set state = 'ended', ended_at = §{act.at} where ticket_id",
        'update climb set step = step where ticket_id',
      ],
    ],
    test,
  },
  {
    guarantee: 4,
    what: 'a level with nobody there is waited for',
    edits: [[climb, 'if (people.length > 0) {', 'if (people.length >= 0) {']],
    test,
  },
  {
    guarantee: 4,
    what: 'who is called and has left the policy is waited for',
    edits: [
      [
        'src/core/escalation/calls.ts',
        'if (!looked) await passGone(ctx);',
        'if (looked) await passGone(ctx);',
      ],
    ],
    test,
  },
  {
    guarantee: 4,
    what: 'a customer who cannot wait has nobody called',
    edits: [
      [
        'src/core/escalation/follow.ts',
        'if (own !== undefined) await hurry(',
        'if (own === undefined) await hurry(',
      ],
    ],
    test,
  },
  {
    guarantee: 3,
    what: 'what is in doubt in a place that was deleted is asked about for ever',
    edits: [
      ['src/adapters/discord/find.ts', 'if (codeOf(error) === Code.UnknownChannel) return absent;', ''],
      ['src/adapters/discord/find.ts', 'RESTJSONErrorCodes as Code, ', ''],
      ['src/adapters/discord/find.ts', 'codeOf, whyOf', 'whyOf'],
    ],
    test: 'test/adapters/discord/receipts.test.ts',
  },
];
