import { type Context, transact } from '../context.ts';
import { plain } from '../text/index.ts';
import { confirmNotice, type NoticeConfirmed } from './confirm.ts';
import type { NoticeFault, NoticeMove } from './model.ts';
import { draftNotice, type NoticePrepared, prepareNotice } from './prepare.ts';
import { type NoticePreview, previewNotice } from './preview.ts';
import { readNotice } from './read.ts';
import type { NoticeChange, NoticeInput } from './schema.ts';
import { listNotices, type NoticeLine, type NoticeView, viewNotice } from './show.ts';

/** Notices as the provider's own programs work with them. Undefined when there is none with that number. */
export interface NoticesApi {
  /** Drafts one; nobody is told anything. */
  draft(key: string, input: NoticeInput): Promise<NoticePrepared>;
  /** Prepares what it is to say next; nobody is told anything. */
  prepare(id: number, move: NoticeMove, change: NoticeChange): Promise<NoticePrepared | undefined>;
  /** What confirming would do; `nothing` when nothing is prepared. */
  preview(id: number): Promise<NoticePreview | 'nothing' | undefined>;
  /** Sends what was prepared. */
  confirm(id: number, edition: number): Promise<NoticeConfirmed | undefined>;
  get(id: number): Promise<NoticeView | undefined>;
  list(): Promise<readonly NoticeLine[]>;
  /** What is wrong, in English. */
  explain(fault: NoticeFault): string;
}

/** Notices over a context. */
export function createNotices(ctx: Context): NoticesApi {
  const { sql } = ctx.database;
  const system = { type: 'system' } as const;
  return {
    draft: (key, input) => transact(ctx, system, act => draftNotice(act, key, input)),
    prepare: (id, move, change) => transact(ctx, system, act => prepareNotice(act, id, move, change)),
    confirm: (id, edition) => transact(ctx, system, act => confirmNotice(act, id, edition)),
    async preview(id) {
      const notice = await readNotice(sql, id);
      return notice && ((await previewNotice(ctx, sql, notice, ctx.now())) ?? 'nothing');
    },
    get: id => viewNotice(sql, id),
    list: () => listNotices(sql),
    explain: ({ code, args }) => plain(ctx.phrases.say('en', `notice-fault-${code}`, args)),
  };
}
