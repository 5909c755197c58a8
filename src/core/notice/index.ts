/** Notices: what is prepared, shown and confirmed, told once to everyone whom it concerns, and to nobody else. */
export { type Answered, keepAbout, noticeAnswered, noticeBehind } from './about.ts';
export { unlessAttached } from './attach.ts';
export type { BoardLine, NotReached } from './board.ts';
export { concerningText } from './concerning.ts';
export { confirmNotice, type NoticeConfirmed } from './confirm.ts';
export { askNotice, isNoticeAction, pressNotice } from './desk.ts';
export { leaveOnTransfer, setApart } from './detach.ts';
export { dropCalendar, newCalendar, readCalendar } from './feed.ts';
export { fillNotice } from './fill.ts';
export { countHits, matchingNobody, sharingServices } from './hits.ts';
export { keepNotices } from './keep.ts';
export { keepParts } from './keep-parts.ts';
export { type NoticeLog, readLogs } from './logs.ts';
export {
  type Impact,
  type NoticeContent,
  type NoticeFault,
  type NoticeKind,
  type NoticeMove,
  type NoticeObject,
  type NoticeRow,
  type NoticeState,
  type NoticeWindow,
  noticeKinds,
  noticeMoves,
  noticeStates,
  type Worded,
} from './model.ts';
export { createNotices, type NoticesApi } from './notices.ts';
export { draftNotice, type NoticePrepared, prepareNotice, unprepareNotice } from './prepare.ts';
export { type NoticePreview, previewNotice } from './preview.ts';
export { lockNotice, readContent } from './read.ts';
export { calendarState } from './rules/calendar.ts';
export { isOver } from './rules/lifecycle.ts';
export { titleIn, wordsIn } from './rules/worded.ts';
export {
  type NoticeChange,
  type NoticeInput,
  noticeBodySchema,
  noticeChangeSchema,
  REMINDERS as noticeReminders,
} from './schema.ts';
export type { NoticeLine, NoticeRevision, NoticeView } from './show.ts';
export { noticeButton, previewText } from './tell.ts';
export {
  tellCustomerOfPart,
  tellCustomerOfPartEnd,
  tellDeskOfPart,
  tellDeskOfPartEnd,
} from './tell-part.ts';
export { noticeTeller } from './teller.ts';
export { lead, momentIn, spanIn } from './words.ts';
