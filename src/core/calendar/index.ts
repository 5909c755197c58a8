/** Calendars as files for other programs (iCalendar, RFC 5545). */
export { type CalendarEntry, type CalendarLook, calendarFile } from './file.ts';
