/**
 * UTF-16 units of a calendar, of all its lines that are read, and of one of these: a supplier's has some thousand. The parser takes time that grows with the
 * square of a line; at these limits it takes some 50 ms at most.
 */
export const longest = { calendar: 1024 * 1024, read: 256 * 1024, line: 4 * 1024 } as const;

/** The properties that count; all others go unread, however long (a description as HTML, a file in base64). */
const READ =
  /^(?:begin|end|method|uid|dtstamp|dtstart|dtend|sequence|summary|status|organizer|rrule|rdate|recurrence-id|tzid|x-maintnote-[a-z-]+)$/i;

/** The lines of a calendar that are read, unfolded (RFC 5545 §3.1); what is no line of a calendar stays, for the parser to refuse. */
export function contentLines(
  body: string,
): { readonly ok: true; readonly text: string } | { readonly ok: false; readonly why: string } {
  if (body.length > longest.calendar)
    return { ok: false, why: `it is longer than ${longest.calendar} characters` };
  const lines = body
    .replace(/\r?\n[ \t]/g, '')
    .split(/\r?\n/)
    .filter(line => line !== '' && isRead(line));
  const text = lines.join('\r\n');
  if (text.length > longest.read)
    return { ok: false, why: `its lines that count are longer than ${longest.read} characters` };
  if (lines.some(({ length }) => length > longest.line))
    return { ok: false, why: `one of its lines is longer than ${longest.line} characters` };
  return { ok: true, text };
}

function isRead(line: string): boolean {
  const [, name] = /^([a-z\d-]+)[;:]/i.exec(line) ?? [];
  return name === undefined || READ.test(name);
}
