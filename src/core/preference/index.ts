/** How contacts want to be told of things, and telling them so. */
export { addDestination, putFirst, removeDestination, setWishes } from './change.ts';
export { confirmTyped, mailHandle } from './confirm.ts';
export { sendDispatches } from './dispatch.ts';
export { mayChangeAddresses, ownContact } from './may-change.ts';
export {
  type Destination,
  MAIL,
  type NoticeMatter,
  type NoticeTeller,
  type NotificationType,
  notificationTypes,
  type Preferences,
  type Reader,
  type Words,
} from './model.ts';
export {
  createNotifications,
  type NotificationPosted,
  type NotificationsApi,
  type NotificationView,
} from './notify.ts';
export { type OwnPreferences, readOwn } from './own.ts';
export { createPages, type Page, type Pages, type PageWords } from './pages.ts';
export { copyMove, copyReply } from './plan.ts';
export {
  addAddress,
  createPreferences,
  type PreferenceFault,
  type PreferencesApi,
  type PreferencesPut,
} from './preferences.ts';
export { readZone } from './read.ts';
export { formIn, formKey, type NotifyForm, notifyFields } from './rules/forms.ts';
export { clockOf, minutesIn } from './rules/quiet.ts';
export { toldRoles, typeIn } from './rules/types.ts';
export {
  type NotificationInput,
  notificationBodySchema,
  type PreferencesInput,
  preferencesBodySchema,
} from './schema.ts';
