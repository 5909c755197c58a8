/** How contacts want to be told of things, and telling them so. */

export { sendDispatches } from './dispatch.ts';
export { type Destination, MAIL, type Preferences } from './model.ts';
export {
  createNotifications,
  type NotificationPosted,
  type NotificationsApi,
  type NotificationView,
} from './notify.ts';
export { createPages, type Page, type Pages, type PageWords } from './pages.ts';
export { copyMove, copyReply } from './plan.ts';
export {
  createPreferences,
  type PreferenceFault,
  type PreferencesApi,
  type PreferencesPut,
} from './preferences.ts';
export { clockOf } from './rules/quiet.ts';
export {
  type NotificationInput,
  notificationBodySchema,
  type PreferencesInput,
  preferencesBodySchema,
} from './schema.ts';
