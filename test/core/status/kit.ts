import type { NoticeLog } from '../../../src/core/notice/logs.ts';
import type { NoticeContent } from '../../../src/core/notice/model.ts';
import type { PublicNotice } from '../../../src/core/status/model.ts';
import { publicOf } from '../../../src/core/status/rules/public.ts';

/** What a notice says, about WAW1 when nothing else is given. */
export function content(more: Partial<NoticeContent> = {}): NoticeContent {
  return {
    title: { en: 'Power' },
    text: { en: 'A feed is down.' },
    objects: [{ type: 'location', value: 'WAW1', impact: 'outage' }],
    windows: [],
    reminders: [],
    starts: false,
    ends: false,
    ...more,
  };
}

/** A notice that was announced, with what came after it. */
export function logOf(
  more: Partial<NoticeLog> = {},
  first: NoticeContent = content(),
  ...later: Partial<NoticeLog['revisions'][number]>[]
): NoticeLog {
  const racks: NoticeLog['revisions'][number]['racks'] = [];
  const at = (minutes: number): string => new Date(Date.UTC(2026, 10, 22, 12, minutes)).toISOString();
  return {
    id: 12,
    kind: 'outage',
    state: 'investigating',
    steps: [],
    revisions: [
      { revision: 1, move: 'announce', state: 'investigating', content: first, racks, at: at(0) },
      ...later.map((one, index) => ({
        revision: index + 2,
        move: 'update' as const,
        state: 'identified' as const,
        content: first,
        racks,
        at: at(10 * (index + 1)),
        ...one,
      })),
    ],
    ...more,
  };
}

/** A notice that everybody may see. */
export function shown(log: NoticeLog): PublicNotice {
  const notice = publicOf(log);
  if (notice === undefined) throw new Error('it is not public');
  return notice;
}
