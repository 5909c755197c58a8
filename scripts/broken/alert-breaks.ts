import type { Break } from './model.ts';

const alert = 'src/core/alert';
const test = 'test/core/alert/alerts.test.ts';
const alone = 'test/core/alert/alone.test.ts';

/** Breaks of what monitoring tells. */
export const alertBreaks: readonly Break[] = [
  {
    guarantee: 1,
    what: 'a request of monitoring that comes again under its id is taken again',
    edits: [[`${alert}/take.ts`, 'return kept.count > 0;', 'return kept.count >= 0;']],
    test,
  },
  {
    guarantee: 1,
    what: 'two requests of monitoring at once do not see each other',
    edits: [[`${alert}/read.ts`, "select pg_advisory_xact_lock(hashtextextended('alerts', 0))", 'select 1']],
    test,
  },
  {
    guarantee: 8,
    what: 'customers read what monitoring wrote',
    edits: [
      [
        `${alert}/draft.ts`,
        '    ...wordsFor(act, objects),\n',
        '    ...wordsFor(act, objects),\n    text: { en: first?.summary },\n',
      ],
    ],
    test,
  },
  {
    guarantee: 10,
    what: 'an outage goes out by itself whatever the policy says',
    edits: [
      [`${alert}/rules/due.ts`, "sourceNamed(source).publish === 'auto'", 'sourceNamed(source) !== null'],
    ],
    test: alone,
  },
  {
    guarantee: 10,
    what: 'an outage goes out by itself although it is only guessed how far it reaches',
    edits: [[`${alert}/rules/due.ts`, '!asks &&', '(asks || !asks) &&']],
    test: alone,
  },
  {
    guarantee: 10,
    what: 'an outage ends by itself although staff have taken it in hand',
    edits: [[`${alert}/refresh.ts`, 'set auto = false where', 'set auto = true where']],
    test: alone,
  },
  {
    guarantee: 10,
    what: 'what joins a draft goes out by itself before it has fired for long enough',
    edits: [[`${alert}/refresh.ts`, 'if (isMore(objects, before))', 'if (isMore(before, objects))']],
    test: alone,
  },
  {
    guarantee: 10,
    what: 'a place that a label names is told by itself',
    edits: [
      [
        `${alert}/rules/named.ts`,
        'asks: isSlight || objects.length > 0',
        'asks: isSlight || likely.some(isSingle)',
      ],
    ],
    test: alone,
  },
  {
    guarantee: 10,
    what: 'alerts overwrite what staff have written into a draft',
    edits: [
      [
        `${alert}/refresh.ts`,
        'if (firing.length === 0 || !isOurs(whole)) return;',
        'if (firing.length === 0) return;',
      ],
    ],
    test,
  },
  {
    guarantee: 10,
    what: 'what a supplier said before counts after what it said last',
    edits: [[`${alert}/rules/heard.ts`, 'sequence > known.sequence', 'sequence !== known.sequence']],
    test: 'test/core/alert/works.test.ts',
  },
];
