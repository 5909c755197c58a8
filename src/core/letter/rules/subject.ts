/** What mail programs put before a subject, in the main languages: answers and what is passed on. */
const PREFIX =
  /^\s*(?:(?:re|aw|sv|vs|odp|odpowiedź|antw|ref|r|rv|fwd?|fw|wg|pd|tr|i|doorst|enc)(?:\s*\[\d+\])?\s*[:：]\s*|\[(?:ext|external)\]\s*)/iu;
/** The mark that stands in the subjects of our own mails. */
const MARK = /\[#([1-9]\d{0,14})\]/;
/** Prefixes that are taken off. */
const MOST = 20;

/** A subject without `Re:` and the like, and without our mark. */
export function bareSubject(subject: string): string {
  let text = subject.trim();
  for (let times = 0; times < MOST; times++) {
    const next = text.replace(PREFIX, '').replace(MARK, '').trim();
    if (next === text) break;
    text = next;
  }
  return text;
}

/** The number of a ticket that a subject names as our own mails do. */
export function numberIn(subject: string): number | undefined {
  const found = MARK.exec(subject)?.[1];
  return found === undefined ? undefined : Number(found);
}

/** Whether a subject is that of a ticket. Programs fold, cut and tidy subjects: spaces and letter case do not count, nor what was cut. */
export function isSameSubject(written: string, ofTicket: string): boolean {
  const plainly = (text: string): string =>
    bareSubject(text)
      .toLowerCase()
      .replace(/[\s…]+/gu, ' ')
      .trim();
  const [one, other] = [plainly(written), plainly(ofTicket)];
  if (one === '' || one === other) return true;
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return short.length >= 40 && long.startsWith(short);
}
