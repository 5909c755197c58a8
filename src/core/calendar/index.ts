/** Calendars as files for other programs (iCalendar, RFC 5545). */
export {
  type CalendarEntry,
  type CalendarLook,
  type CalendarSheet,
  calendarFile,
  sheetFile,
} from './file.ts';
