/** Parts of a Slack message → CommonMark source, in which everything is literal but the styles that Slack itself showed. */
import { literalInline } from '../../core/index.ts';
import type { Part, Run } from './dialect.ts';

const SAFE_URL = /^(?:https?:\/\/|mailto:)[^\s<>]+$/i;
const SPACE = /^\s$/u;
const PUNCTUATION = /^[\p{P}\p{S}]$/u;
const SURROGATE = /^[\uD800-\uDFFF]$/;

type ListPart = Extract<Part, { kind: 'list' }>;

/** The parts as CommonMark source. Never throws. */
export function toMarkdown(parts: readonly Part[]): string {
  const out: string[] = [];
  let lists: ListPart[] = [];
  const flush = (): void => {
    if (lists.length > 0) out.push(listSource(lists));
    lists = [];
  };
  for (const part of parts) {
    if (part.kind === 'list') {
      lists.push(part);
      continue;
    }
    flush();
    if (part.kind === 'code') out.push(fence(part.text));
    else out.push(part.kind === 'quote' ? quote(lineSource(part.runs)) : lineSource(part.runs));
  }
  flush();
  return out.filter(source => source !== '').join('\n\n');
}

const quote = (source: string): string => (source === '' ? '' : source.replace(/^/gm, '> '));

function fence(code: string): string {
  const longest = Math.max(2, ...(code.match(/`+/g) ?? []).map(ticks => ticks.length));
  const ticks = '`'.repeat(longest + 1);
  return `${ticks}\n${code.replace(/\n$/, '')}\n${ticks}`;
}

/** Slack sends a nested list as a list of its own with a greater indent; in CommonMark it stands under its item. */
function listSource(lists: readonly ListPart[]): string {
  const widths: number[] = [];
  let source = '';
  let before: { ordered: boolean; depth: number } | undefined;
  for (const list of lists) {
    const depth = Math.min(list.indent, widths.length);
    widths.length = depth;
    const pad = ' '.repeat(widths.reduce((sum, width) => sum + width, 0));
    let width = 0;
    const items = list.items.map((item, index) => {
      const marker = list.ordered ? `${list.start + index}. ` : '- ';
      width = marker.length;
      const rest = `\n${pad}${' '.repeat(width)}`;
      return `${pad}${marker}${lineSource(item).replaceAll('\n', rest)}`;
    });
    if (source !== '') source += before?.depth === depth && before.ordered !== list.ordered ? '\n\n' : '\n';
    source += items.join('\n');
    widths.push(width);
    before = { ordered: list.ordered, depth };
  }
  return source;
}

/** Runs over several lines: an empty line parts paragraphs, a single line end is a hard break. */
function lineSource(all: readonly Run[]): string {
  let source = '';
  let empty = false;
  for (const line of lines(all).map(oneLineSource)) {
    if (line === '') empty = true;
    else {
      source += source === '' ? line : `${empty ? '\n\n' : '\\\n'}${line}`;
      empty = false;
    }
  }
  return source;
}

function lines(all: readonly Run[]): Run[][] {
  const out: Run[][] = [[]];
  for (const run of all) {
    for (const [index, text] of run.text.split(/\r\n?|\n/).entries()) {
      if (index > 0) out.push([]);
      if (text !== '') add(out.at(-1) ?? [], { ...run, text });
    }
  }
  return out;
}

/** Neighbours of the same style are one run, so that "1" and ". x" do not become a list between them. */
function add(line: Run[], run: Run): void {
  const last = line.at(-1);
  const same =
    last &&
    !last.url &&
    !run.url &&
    !last.bold === !run.bold &&
    !last.italic === !run.italic &&
    !last.code === !run.code;
  if (same) line[line.length - 1] = { ...last, text: last.text + run.text };
  else line.push(run);
}

function oneLineSource(line: readonly Run[]): string {
  let out = '';
  for (const [index, run] of line.entries()) {
    const [, before = '', core = '', after = ''] = /^(\s*)(.*?)(\s*)$/su.exec(run.text) ?? [];
    const next = after === '' ? (line[index + 1]?.text.charAt(0) ?? '') : ' ';
    out += core === '' ? run.text : before + styled(run, core, (out + before).at(-1) ?? '', next) + after;
  }
  return out.trimEnd().replace(/^\s+/, spaces => '&#32;'.repeat(spaces.length));
}

function styled(run: Run, core: string, before: string, next: string): string {
  const inner = run.url
    ? link(core, run.url)
    : run.code && before !== '`' // two code spans side by side would be one
      ? inlineCode(core)
      : literalInline(core);
  const marks = '*'.repeat((run.bold ? 2 : 0) + (run.italic ? 1 : 0));
  return marks !== '' && fits(inner, before, next) ? marks + inner + marks : inner;
}

/** Whether marks around `inner` would be read as marks: https://spec.commonmark.org/0.31.2/#left-flanking-delimiter-run */
function fits(inner: string, before: string, next: string): boolean {
  return before !== '*' && flanks(inner.charAt(0), before) && flanks(inner.slice(-1), next);
}

const flanks = (edge: string, outside: string): boolean =>
  outside === '' ||
  SPACE.test(outside) ||
  PUNCTUATION.test(outside) ||
  !(PUNCTUATION.test(edge) || SURROGATE.test(edge));

function inlineCode(code: string): string {
  const longest = Math.max(0, ...(code.match(/`+/g) ?? []).map(ticks => ticks.length));
  const ticks = '`'.repeat(longest + 1);
  const pad = code.startsWith('`') || code.endsWith('`') ? ' ' : '';
  return `${ticks}${pad}${code}${pad}${ticks}`;
}

function link(label: string, url: string): string {
  if (!SAFE_URL.test(url)) return literalInline(label === url ? url : `${label} (${url})`);
  if (label === url && /^https?:/i.test(url)) return `<${url}>`;
  return `[${literalInline(label)}](<${url.replace(/[\\&<>]/g, '\\$&')}>)`;
}
