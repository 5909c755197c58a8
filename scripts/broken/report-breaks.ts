import type { Break } from './model.ts';

const post = 'src/core/report/post-week.ts';
const test = 'test/core/report/post-week.test.ts';

/** Breaks of what the desk tells by itself. */
export const reportBreaks: readonly Break[] = [
  {
    guarantee: 2,
    what: 'a week that was told is told again after a restart',
    edits: [[post, '  if (isNew.count === 0) return;\n', '']],
    test,
  },
  {
    guarantee: 2,
    what: 'a week counts as told although its report came to nothing',
    edits: [
      [
        post,
        'const isNew = await act.tx`\n    insert into week_report',
        'const isNew = await act.database.sql`\n    insert into week_report',
      ],
    ],
    test,
  },
];
