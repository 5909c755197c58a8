/** The only door of the core, from common to expert. */

// Accounts and keys: what the provider's own programs work on
export * from './account/index.ts';
// What monitoring tells, and the port for those who read it
export type {
  Admission,
  Alert,
  AlertFault,
  AlertReceiver,
  AlertRequest,
  AlertsRead,
  AlertsSent,
  AlertsTaken,
  SupplierWork,
} from './alert/index.ts';
// The port, for adapters
export * from './channel/index.ts';
export type * from './chart/index.ts';
export {
  type ClientApi,
  createWebChannel,
  type Done,
  MESSAGE,
  type Opened,
  type OwnFile,
  type OwnMessage,
  type OwnPlace,
  type OwnRoute,
  type OwnSettings,
  type OwnTicketView,
} from './client/index.ts';
// Building a desk
export { type Calendars, createDesk, type Desk, type DeskApi, type DeskParts, type Health } from './desk.ts';
// Files: what the machine brings
export type { FileHouse, FileStore, OpenedFile, Scan, ScanResult, Uploads } from './file/index.ts';
export type { LinkToken, LinkTokens, TokenOptions } from './identity/index.ts';
export { createKeys, type Keys, type KeyView, type Scope, scopes } from './key/index.ts';
export { type AsideView, listAside } from './letter/index.ts';
export type { Log } from './log.ts';
export {
  type NoticeChange,
  type NoticeFault,
  type NoticeInput,
  type NoticeMove,
  type NoticePrepared,
  type NoticePreview,
  type NoticesApi,
  type NoticeView,
  noticeBodySchema,
  noticeChangeSchema,
  noticeKinds,
  noticeMoves,
  noticeStates,
} from './notice/index.ts';
export type { Erased, ExportOptions, PersonExport } from './person/index.ts';
export {
  type AlertSource,
  type HookKind,
  type Policy,
  type PolicyResult,
  readPolicy,
} from './policy/index.ts';
export {
  clockOf,
  type Destination,
  MAIL,
  type NotificationPosted,
  type NotificationsApi,
  type NotificationView,
  notificationBodySchema,
  type Page,
  type Pages,
  type PageWords,
  type Preferences,
  type PreferencesApi,
  preferencesBodySchema,
} from './preference/index.ts';
export { promisedWithin } from './promise/index.ts';
export type { RatePage, RatePages } from './rating/index.ts';
export type { ReachApi, ReachLabels, ReachView, ReachWay, WayView } from './reach/index.ts';
// Places that the desk keeps itself, for channels without a platform
export { createRooms, type Line, type LineBody, noRooms, type Room, type Rooms } from './room/index.ts';
export type { LinkState, Session, SignInWay, Voucher } from './session/index.ts';
export type {
  ComponentState,
  EventView,
  Keepsake,
  NoticeFacts,
  NoticeWordsView,
  Stamp,
  Status,
  StatusApi,
  StatusFacts,
  StatusLabels,
  StatusView,
} from './status/index.ts';
// Text and words
export * from './text/index.ts';
