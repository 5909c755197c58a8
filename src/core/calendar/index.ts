/** Calendars as files for other programs (iCalendar, RFC 5545). */
export { type Feed, keptOf, newAddress } from './address.ts';
export {
  type CalendarEntry,
  type CalendarLook,
  type CalendarSheet,
  calendarFile,
  entriesOf,
  sheetFile,
} from './file.ts';
