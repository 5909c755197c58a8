import type { Break } from './model.ts';

const identity = 'src/core/identity';
const redeem = `${identity}/redeem.ts`;
const proofTest = 'test/core/identity/proof.test.ts';
const erase = 'src/core/person/erase.ts';
const personTest = 'test/core/person.test.ts';

/** Breaks of what is proved, who sees what, and what is erased. */
export const proofBreaks: readonly Break[] = [
  {
    guarantee: 8,
    what: 'whoever is linked to an account sees all of its tickets, whatever their roles',
    edits: [[`${identity}/rules/sight.ts`, "roles.includes('owner') || (kind", 'roles.length >= 0 || (kind']],
    test: 'test/core/identity/account.test.ts',
  },
  {
    guarantee: 8,
    what: 'a list shows the tickets of other accounts',
    edits: [['src/core/ticket/list.ts', 't.account_id = §{accountId} and', 't.account_id <> 0 and']],
    test: 'test/core/identity/account.test.ts',
  },
  {
    guarantee: 9,
    what: 'a code works as often as it is given',
    edits: [[redeem, 'and p.used_at is null and p.expires_at', 'and p.expires_at']],
    test: proofTest,
  },
  {
    guarantee: 9,
    what: 'a code works after its time',
    edits: [[redeem, ' and p.expires_at > §{act.at}\n', '\n']],
    test: proofTest,
  },
  {
    guarantee: 9,
    what: 'a code works on every platform',
    edits: [[redeem, 'and p.channel = §{handle.channel} and (', 'and (']],
    test: proofTest,
  },
  {
    guarantee: 9,
    what: 'a proof that was made for one request counts for another',
    edits: [
      [redeem, 'and (not §{strictly} or', 'and (true or'],
      [
        redeem,
        'coalesce(p.ticket_id, §{entered ?? null}::bigint) as ticket_id',
        'coalesce(§{entered ?? null}::bigint, p.ticket_id) as ticket_id',
      ],
    ],
    test: proofTest,
  },
  {
    guarantee: 9,
    what: 'a proof from before counts for what is asked after it',
    edits: [[`${identity}/rules/trust.ts`, 'return waited >= 0 && waited', 'return waited']],
    test: 'test/core/identity/emergency.test.ts',
  },
  {
    guarantee: 9,
    what: 'a ticket is verified by a proof of any age',
    edits: [
      [
        'src/core/ticket/file.ts',
        "when l.proved_at between g.at - §{FRESH_MS} * interval '1 ms' and g.at then",
        'when l.proved_at <= g.at then',
      ],
    ],
    test: proofTest,
  },
  {
    guarantee: 9,
    what: 'a code that came by mail is a fresh proof',
    edits: [
      [
        redeem,
        "case when how = 'client-area' then §{act.at}::timestamptz end from used",
        '§{act.at}::timestamptz from used',
      ],
    ],
    test: proofTest,
  },
  {
    guarantee: 9,
    what: 'wrong codes can be tried for ever',
    edits: [[redeem, ' and not counted.limited\n', '\n']],
    test: proofTest,
  },
  {
    guarantee: 12,
    what: 'what waits, or failed, keeps what was said',
    edits: [[erase, '    await eraseReceipts(act, handles, places);\n', '']],
    test: personTest,
  },
  {
    guarantee: 12,
    what: 'the bytes of files stay',
    edits: [[erase, 'await dropBytes(ctx, done.files)', '0']],
    test: personTest,
  },
  {
    guarantee: 12,
    what: 'what was shown to colleagues of the account stays',
    edits: [[erase, "where ticket_id is null and content ? 'text'", "where false and content ? 'text'"]],
    test: personTest,
  },
  {
    guarantee: 12,
    what: 'only the person’s own messages are erased, not the answers that name them',
    edits: [
      [
        erase,
        '    where ticket_id = any(§{tickets}) or handle_id = any(§{handles})`;\n  return said.count;',
        '    where handle_id = any(§{handles})`;\n  return said.count;',
      ],
    ],
    test: personTest,
  },
];
