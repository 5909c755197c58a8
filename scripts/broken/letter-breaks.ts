import type { Break } from './model.ts';

const letter = 'src/core/letter';
const incoming = 'src/adapters/email/in';
const test = (name: string): string => `test/core/letter/${name}.test.ts`;

/** Breaks of what comes in by mail. */
export const letterBreaks: readonly Break[] = [
  {
    guarantee: 1,
    what: 'a letter that comes again opens another ticket',
    edits: [[`${letter}/open.ts`, 'eventId: letter.eventId,', 'eventId: null,']],
    test: test('opening'),
  },
  {
    guarantee: 7,
    what: 'letters of machines open tickets, and are answered',
    edits: [
      [
        `${letter}/take.ts`,
        'if (letter.automatic !== undefined) return setAside(ctx, arrived, letter.automatic);',
        '',
      ],
    ],
    test: test('loops'),
  },
  {
    guarantee: 7,
    what: 'an out-of-office counts as the customer’s word',
    edits: [
      [`${letter}/join.ts`, 'if (letter.automatic !== undefined) {', "if (letter.automatic === 'own') {"],
    ],
    test: test('loops'),
  },
  {
    guarantee: 7,
    what: 'whoever writes faster than a person is answered for ever',
    edits: [[`${letter}/open.ts`, "if (sender.floods) return setAside(ctx, arrived, 'flood');", '']],
    test: test('loops'),
  },
  {
    guarantee: 7,
    what: 'whoever is written to in somebody’s name is asked for proof for ever',
    edits: [[`${letter}/open.ts`, 'if (told.count > 0) return ASIDE;', '']],
    test: test('loops'),
  },
  {
    guarantee: 7,
    what: 'mails into one ticket are shown however many come',
    edits: [
      [`${letter}/join.ts`, "if (await floodsTicket(act, arrived, handle, ticket)) return 'floods';", ''],
    ],
    test: test('loops'),
  },
  {
    guarantee: 7,
    what: 'what says of itself that it was sent automatically is a person’s',
    edits: [[`${incoming}/automatic.ts`, "if (submitted !== 'no') return 'bulk';", '']],
    test: 'test/adapters/email/in/automatic.test.ts',
  },
  {
    guarantee: 8,
    what: 'whoever names a letter or a number of somebody else’s ticket writes in it',
    edits: [[`${letter}/rules/route.ts`, "if (evidence !== 'answer' && !belongs) return 'apart';", '']],
    test: test('routing'),
  },
  {
    guarantee: 8,
    what: 'what somebody else wrote by mail stands in the bubble as its customer’s',
    edits: [['src/core/chat/away.ts', ' || !(await isAsker(act, author, ticket))', '']],
    test: test('bubble'),
  },
  {
    guarantee: 8,
    what: 'whoever says that they are a contact is one',
    edits: [[`${letter}/belong.ts`, 'if (!letter.vouched) return;', '']],
    test: test('trust'),
  },
  {
    guarantee: 8,
    what: 'what a sender wrote about themselves is believed as the word of one’s own server',
    edits: [
      [
        `${incoming}/results.ts`,
        "const value = firstOf(lines, 'authentication-results');",
        "const value = lines.findLast(({ name }) => name === 'authentication-results')?.value;",
      ],
    ],
    test: 'test/adapters/email/in/authenticity.test.ts',
  },
  {
    guarantee: 8,
    what: 'whoever says that they are a supplier is taken for them',
    edits: [[`${letter}/supplied.ts`, 'if (!vouched) return undefined;', '']],
    test: 'test/stories/supplier-mail.test.ts',
  },
];
