import type { Code } from 'mdast';

/** A source in two: what is read as CommonMark, and what comes after it and is shown as it was typed. */
export interface Shares {
  readonly head: string;
  /** The head ends in an open code block: its further lines. */
  readonly code?: Code;
  readonly rest: string;
}

interface Fence {
  readonly marks: string;
  readonly language: string;
}

/**
 * How much markup is read, in units of about 13 µs of parsing (measured, micromark 4.0.3): a line is 1, and 3 more in a list or a quote
 * and the square of its depth; an empty line 3, a mark 1. That is some 250 items, or 1,600 lines of code; more would hold up the desk.
 */
const BUDGET = 1600;
const BLANK = /^[ \t>]*$/;
/** Lines that belong to a list or a quote, or go on with one that was open. */
const CONTAINER = /^[ \t]*(?:>|[-+*](?=[ \t]|$)|\d{1,9}[.)](?=[ \t]|$))/;
const PREFIX = /^(?:[ \t>]|[-+*](?=[ \t]|$)|\d{1,9}[.)](?=[ \t]|$))+/;
const MARKERS = /[>\-+*.)]/g;
const INDENTED = /^[ \t]/;
const ITEM = /^[ \t>]*(?:[-+*]|\d{1,9}[.)])(?=[ \t]|$)/;
const MARKS = /[\\*_`[\]<&>#]/g;
const FENCE = /^(?:[ \t>]|[-+*][ \t]|\d{1,9}[.)][ \t])*(`{3,}|~{3,})(.*)/;
const FENCE_END = /^[ \t>]*(`{3,}|~{3,})[ \t]*$/;

/** Goes through the lines until what stands in them would take too long to read. Linear. */
export function share(source: string): Shares {
  let left = BUDGET;
  let at = 0;
  let fence: Fence | undefined;
  let before = '';
  let held = false;
  while (at < source.length) {
    const line = lineAt(source, at);
    held =
      CONTAINER.test(line) || (held && (before.trim() !== '' || line.trim() === '' || INDENTED.test(line)));
    const ends = fence !== undefined && isEnd(line, fence);
    left -= (fence ? 1 : cost(line)) + (held ? 3 : 0);
    if (left < 0 && !ends) return cutAt(source, at, fence);
    if (ends) fence = undefined;
    else fence ??= fenceOf(line);
    before = line;
    at += line.length + 1;
  }
  return { head: source, rest: '' };
}

function lineAt(source: string, at: number): string {
  const end = source.indexOf('\n', at);
  return source.slice(at, end < 0 ? source.length : end);
}

function cost(line: string): number {
  if (BLANK.test(line)) return 3 + line.trim().length;
  const depth = PREFIX.exec(line)?.[0].match(MARKERS)?.length ?? 0;
  return 1 + depth ** 2 + (ITEM.test(line) ? 1 : 0) + (line.match(MARKS)?.length ?? 0);
}

function fenceOf(line: string): Fence | undefined {
  const [found, marks = '', info = ''] = FENCE.exec(line) ?? [];
  if (found === undefined || (marks.startsWith('`') && info.includes('`'))) return undefined;
  return { marks, language: info.trim().split(/\s/, 1)[0] ?? '' };
}

const isEnd = (line: string, { marks }: Fence): boolean =>
  FENCE_END.exec(line)?.[1]?.startsWith(marks) === true;

function cutAt(source: string, at: number, fence: Fence | undefined): Shares {
  const head = source.slice(0, at);
  if (!fence) return { head, rest: source.slice(at) };
  let end = at;
  while (end < source.length) {
    const line = lineAt(source, end);
    if (isEnd(line, fence)) {
      const code = codeOf(fence, source.slice(at, Math.max(at, end - 1)));
      return { head, code, rest: source.slice(end + line.length + 1) };
    }
    end += line.length + 1;
  }
  return { head, code: codeOf(fence, source.slice(at)), rest: '' };
}

const codeOf = ({ language }: Fence, value: string): Code => ({ type: 'code', lang: language, value });
