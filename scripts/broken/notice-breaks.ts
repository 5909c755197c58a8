import type { Break } from './model.ts';

const notice = 'src/core/notice';
const status = 'src/core/status';
const follow = 'src/core/subscriber';
const followTest = 'test/core/subscriber/subscriber.test.ts';
const test = 'test/core/notice/once.test.ts';
const ownEndTest = 'test/core/notice/own-end.test.ts';

/** Breaks of what is told to many. */
export const noticeBreaks: readonly Break[] = [
  {
    guarantee: 10,
    what: 'what was put into a lane goes out although something newer was confirmed',
    edits: [
      [
        'src/core/outbox/attempt.ts',
        'return claimed.dispatchId !== null && (await saysOvertaken(sql, claimed.dispatchId));',
        'return claimed.dispatchId !== null && sql === undefined && (await saysOvertaken(sql, 0));',
      ],
    ],
    test,
  },
  {
    guarantee: 10,
    what: 'a cancel is told to those who had heard of nothing',
    edits: [[`${notice}/teller.ts`, 'return row?.told ? undefined', 'return row ? undefined']],
    test,
  },
  {
    guarantee: 10,
    what: 'a cancel does not wait for what is on its way',
    edits: [[`${notice}/teller.ts`, "  if (row?.open) return { is: 'open' };\n", '']],
    test,
  },
  {
    guarantee: 10,
    what: 'a revision counts as confirmed before its recipients are written down',
    edits: [
      [
        `${notice}/confirm.ts`,
        'await act.tx`\n    update notice set',
        'await act.database.sql`\n    update notice set',
      ],
    ],
    test,
  },
  {
    guarantee: 10,
    what: 'whoever confirms needs not have seen the newest edition',
    edits: [[`${notice}/confirm.ts`, 'notice.edition !== edition || ', '']],
    test,
  },
  {
    guarantee: 10,
    what: 'what waits for the next place goes on after something newer was confirmed',
    edits: [
      [
        `${notice}/teller.ts`,
        'row === undefined || (await isOvertaken(act.tx, dispatchId))',
        'row === undefined || (await isOvertaken(act.tx, 0))',
      ],
    ],
    test,
  },
  {
    guarantee: 8,
    what: 'the status page shows what is about single services',
    edits: [
      [
        `${status}/rules/public.ts`,
        "return !['service', 'order', 'rack', 'account'].includes(one.type);",
        "return !['order', 'rack', 'account'].includes(one.type);",
      ],
    ],
    test: 'test/core/status/public.test.ts',
  },
  {
    guarantee: 8,
    what: 'what was said of single services is public once a notice became wider',
    edits: [[`${status}/rules/public.ts`, '.filter(({ objects }) => objects.length > 0);', ';']],
    test: 'test/core/status/public.test.ts',
  },
  {
    guarantee: 8,
    what: 'the status page shows a draft that was withdrawn',
    edits: [[`${status}/rules/public.ts`, ' || !wasAnnounced', ' || wasAnnounced === undefined']],
    test: 'test/core/status/public.test.ts',
  },
  {
    guarantee: 8,
    what: 'what staff wrote is markup on the status page',
    edits: [['src/http/markup.ts', "SIGNS[sign] ?? ''", 'sign || SIGNS[sign]']],
    test: 'test/http/status.test.ts',
  },
  {
    guarantee: 9,
    what: 'the link that subscribes a mailbox works as often as it is pressed',
    edits: [[`${follow}/pages.ts`, 'subscriber_ask a set used_at', 'subscriber_ask a set made_at']],
    test: followTest,
  },
  {
    guarantee: 10,
    what: 'each desk mails each public word',
    edits: [[`${follow}/spread.ts`, ' for update of m skip locked', '']],
    test: followTest,
  },
  {
    guarantee: 10,
    what: 'what waits for those who follow is mailed although something newer was said',
    edits: [
      [
        `${follow}/spread.ts`,
        'and sent_at is null`;\n  const isEnd',
        'and sent_at is null and false`;\n  const isEnd',
      ],
    ],
    test: followTest,
  },
  {
    guarantee: 10,
    what: 'mailboxes that take nothing now keep back the mail of all who follow',
    edits: [
      [`${follow}/spread.ts`, 'and rank = ', 'and rank <= '],
      [`${follow}/spread.ts`, 'and wake_at <= ', "and wake_at - interval '1 year' <= "],
      [
        `${follow}/spread.ts`,
        "select d.state = 'pending' and d.content",
        "select d.state <> '' or d.content",
      ],
    ],
    test: followTest,
  },
  {
    guarantee: 10,
    what: 'who follows again gets what was planned for them before they left',
    edits: [[`${follow}/spread.ts`, ' and s.confirmed_at <= m.planned_at', '']],
    test: followTest,
  },
  {
    guarantee: 8,
    what: 'the time that was agreed with one account is in the calendars of others',
    edits: [
      [
        `${notice}/rules/own.ts`,
        'return isTheirs(content, index, account) && isInWindow(content, objects, index);',
        'return account !== content && objects !== undefined && index >= 0;',
      ],
    ],
    test: 'test/core/notice/feed.test.ts',
  },
  {
    guarantee: 8,
    what: 'the time that was agreed with one account is on the status page',
    edits: [
      [
        `${status}/rules/public.ts`,
        'if (own.size === 0) return { ...one, whole: one.content, own };',
        'return { ...one, whole: one.content, own };',
      ],
    ],
    test: 'test/core/status/public.test.ts',
  },
  {
    guarantee: 8,
    what: 'work is over for everybody only when the window of one account is',
    edits: [
      [
        `${notice}/rules/parts.ts`,
        'const apart = [...named].flatMap(',
        'const apart = [...named].slice(named.size).flatMap(',
      ],
    ],
    test: ownEndTest,
  },
  {
    guarantee: 8,
    what: 'that the window of one account has ended is said to everybody',
    edits: [[`${notice}/rules/steps.ts`, 'left.filter(({ end }) => end === stage)', 'left']],
    test: ownEndTest,
  },
  {
    guarantee: 8,
    what: 'work goes on for those for whom it is over, until the window of one account has ended',
    edits: [
      [
        `${notice}/rules/parts.ts`,
        "over.includes(place)) ? 'done' : state",
        'over.includes(place)) ? state : state',
      ],
    ],
    test: ownEndTest,
  },
  {
    guarantee: 8,
    what: 'that one account has another time is an event of the status page',
    edits: [
      [
        `${status}/rules/public.ts`,
        ' || (previous !== undefined && isNothing(',
        ' && (previous !== undefined && isNothing(',
      ],
    ],
    test: 'test/core/status/public.test.ts',
  },
  {
    guarantee: 8,
    what: 'that one account has another time is said to all others',
    edits: [[`${notice}/expand.ts`, "stage !== 'reschedule' || ", "stage === 'reschedule' || "]],
    test: 'test/core/notice/own-moved.test.ts',
  },
];
