import type { Break } from './model.ts';

const notice = 'src/core/notice';
const parts = 'test/core/notice/parts.test.ts';

/** Breaks of tickets that follow an outage, and of what is said about a notice. */
export const partBreaks: readonly Break[] = [
  {
    guarantee: 1,
    what: 'an answer to a notice opens a ticket each time',
    edits: [[`${notice}/about.ts`, 'ticket: ticket ?? undefined', 'ticket: ticket === 0 ? 0 : undefined']],
    test: 'test/core/notice/about.test.ts',
  },
  {
    guarantee: 2,
    what: 'the end of an outage leaves all but the first of its tickets unanswered',
    edits: [[`${notice}/keep-parts.ts`, 'isClean = gone.length === 0 && ', 'isClean = gone.length >= 0 || ']],
    test: parts,
  },
  {
    guarantee: 4,
    what: 'the clock of a ticket that follows an outage goes on',
    edits: [
      [
        'src/core/sla/rules/cycles.ts',
        "if (open.target !== 'acknowledgement' && !isLate(reading, open, at)) hold(open, at);",
        "if (open.target === 'acknowledgement' && isLate(reading, open, at)) hold(open, at);",
      ],
    ],
    test: 'test/core/sla/cycles.test.ts',
  },
  {
    guarantee: 4,
    what: 'whoever writes again during an outage waits for its end',
    edits: [
      [
        'src/core/sla/rules/cycles.ts',
        'else if (first === undefined || first.held) start',
        'else if (first === undefined) start',
      ],
    ],
    test: 'test/core/sla/cycles.test.ts',
  },
  {
    guarantee: 4,
    what: 'a page that is due at once goes out before it is seen that the ticket is part of an outage',
    edits: [['src/core/reactions.ts', 'ladder: unlessAttached(climbByTimer)', 'ladder: climbByTimer']],
    test: parts,
  },
  {
    guarantee: 4,
    what: 'whoever was called before goes on being called although the ticket follows an outage',
    edits: [
      [
        'src/core/escalation/follow.ts',
        "  await endClimb(act, ticket.id);\n  await cancel(act, { ticketId: ticket.id, target: 'level:' });",
        "  await cancel(act, { ticketId: ticket.id, target: 'level:' });",
      ],
    ],
    test: parts,
  },
  {
    guarantee: 4,
    what: 'nobody is called about a ticket that staff have taken out of an outage',
    edits: [
      [
        'src/core/escalation/follow.ts',
        "if (why === 'over' || ticket.state !== 'open') return;",
        "if (why !== 'over' || ticket.state !== 'open') return;",
      ],
    ],
    test: parts,
  },
  {
    guarantee: 8,
    what: 'a ticket about somebody else’s service is told of the outage',
    edits: [
      [
        `${notice}/part-of.ts`,
        'and (h.service_id = t.service_id or (h.service_id is null and h.account_id = t.account_id))',
        'and (h.service_id is null or h.service_id > 0)',
      ],
    ],
    test: parts,
  },
  {
    guarantee: 8,
    what: '/ticket status tells of what concerns others',
    edits: [[`${notice}/concerning.ts`, ' and h.account_id = ', ' and h.account_id <= ']],
    test: 'test/core/notice/about.test.ts',
  },
  {
    guarantee: 11,
    what: 'a ticket that cannot follow an outage holds up the others',
    edits: [
      [`${notice}/keep-parts.ts`, 'resting.set(one.ticket, ctx.now().getTime() + AGAIN_MS);', 'throw error;'],
    ],
    test: parts,
  },
  {
    guarantee: 2,
    what: 'the end of an outage solves what the customer has written since',
    edits: [[`${notice}/detach.ts`, "((await isAsked(act, id)) ? 'asked' : 'over')", "'over'"]],
    test: parts,
  },
  {
    guarantee: 4,
    what: 'the end of an outage answers a ticket that staff have just taken out of it',
    edits: [
      [`${notice}/detach.ts`, '    if (still?.notice !== notice) return;\n', ''],
      [`${notice}/detach.ts`, 'const why = still.over', 'const why = still?.over !== false'],
    ],
    test: parts,
  },
  {
    guarantee: 4,
    what: 'a ticket that was answered meanwhile follows the outage all the same',
    edits: [[`${notice}/attach.ts`, '  if (still?.notice !== notice) return false;\n', '']],
    test: parts,
  },
  {
    guarantee: 10,
    what: 'the first message is changed to what was overtaken',
    edits: [['src/core/outbox/change.ts', 'if (newer !== undefined && (await', 'if (newer === -1 && (await']],
    test: 'test/core/notice/up-to-date.test.ts',
  },
];
