import { FluentResource } from '@fluent/bundle';

type Entry = FluentResource['body'][number];
type Names = { variables: Set<string>; messages: Set<string>; terms: Set<string> };

const ENTRY_START = /^(-?[a-zA-Z][\w-]*) *=/;
const BELONGS = /^(?:$|#|[ \t}]|-?[a-zA-Z][\w-]* *=)/;

/** Every fault of the locale files, each with its file: unreadable, doubled, missing and extra keys, and variables. */
export function checkLocales(sources: ReadonlyMap<string, string>, fallback: string): string[] {
  const base = sources.get(fallback);
  if (base === undefined) return [`${fallback}.ftl: the default language is not there`];
  const wanted = entries(base);
  const problems: string[] = [];
  for (const [locale, source] of sources) {
    const file = `${locale}.ftl`;
    const found = entries(source);
    problems.push(...readable(file, source, found), ...references(file, found));
    if (locale !== fallback) problems.push(...compare(file, wanted, found));
  }
  return problems;
}

function entries(source: string): Map<string, Entry> {
  return new Map(new FluentResource(source).body.map(entry => [entry.id, entry]));
}

/** Fluent's runtime skips what it cannot read without a word; so each line that begins an entry must have become one. */
function readable(file: string, source: string, found: ReadonlyMap<string, Entry>): string[] {
  const problems: string[] = [];
  const seen = new Set<string>();
  for (const [index, line] of source.split(/\r?\n/).entries()) {
    const id = ENTRY_START.exec(line)?.[1];
    if (!BELONGS.test(line)) problems.push(`${file}:${index + 1}: this line belongs to no key`);
    if (id === undefined) continue;
    if (seen.has(id)) problems.push(`${file}:${index + 1}: ${id} is there twice`);
    if (!found.has(id)) problems.push(`${file}:${index + 1}: ${id} cannot be read`);
    seen.add(id);
  }
  return problems;
}

function references(file: string, found: ReadonlyMap<string, Entry>): string[] {
  const problems: string[] = [];
  for (const [id, entry] of found) {
    const names = namesIn(entry);
    for (const name of names.messages)
      if (!found.has(name)) problems.push(`${file}: ${id} refers to ${name}, which is missing`);
    for (const name of names.terms)
      if (!found.has(`-${name}`)) problems.push(`${file}: ${id} refers to -${name}, which is missing`);
  }
  return problems;
}

function compare(
  file: string,
  wanted: ReadonlyMap<string, Entry>,
  found: ReadonlyMap<string, Entry>,
): string[] {
  const problems: string[] = [];
  for (const [id, entry] of wanted) {
    if (id.startsWith('-')) continue;
    const other = found.get(id);
    if (!other) {
      problems.push(`${file}: ${id} is missing`);
      continue;
    }
    const here = namesIn(entry).variables;
    const there = namesIn(other).variables;
    for (const name of without(here, there)) problems.push(`${file}: ${id} does not use $${name}`);
    for (const name of without(there, here))
      problems.push(`${file}: ${id} uses $${name}, which it is not given`);
  }
  for (const id of found.keys()) {
    if (!id.startsWith('-') && !wanted.has(id))
      problems.push(`${file}: ${id} is not in the default language`);
  }
  return problems;
}

const without = (some: Set<string>, others: Set<string>): string[] =>
  [...some].filter(name => !others.has(name));

/** Walks the parsed pattern, whatever its shape, for what it names. */
function namesIn(entry: Entry): Names {
  const names: Names = { variables: new Set(), messages: new Set(), terms: new Set() };
  const kinds: Record<string, Set<string>> = {
    var: names.variables,
    mesg: names.messages,
    term: names.terms,
  };
  const open: unknown[] = [entry.value, entry.attributes];
  for (let node = open.pop(); open.length > 0 || node !== undefined; node = open.pop()) {
    if (typeof node !== 'object' || node === null) continue;
    const { type, name } = node as { type?: unknown; name?: unknown };
    if (typeof type === 'string' && typeof name === 'string') kinds[type]?.add(name);
    open.push(...Object.values(node));
  }
  return names;
}
