import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FluentResource } from '@fluent/bundle';

/** A message's variables, by `id` and `id.attribute`. */
type Messages = Map<string, string>;

/** Checks that all Fluent files in a folder say the same: one line per message or variable that only some have. */
export function checkLocales(folder: string): string[] {
  const names = readdirSync(folder).filter(name => name.endsWith('.ftl'));
  const files = names.map(name => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
  const [first, ...rest] = files.map(({ name, text }) => ({ name, text, messages: read(text) }));
  if (!first || rest.length === 0)
    return [`${folder} holds ${files.length} Fluent files, and there is nothing to compare`];
  const faults = files.flatMap(({ name, text }) => unreadable(name, text));
  for (const other of rest) faults.push(...compare(first, other), ...compare(other, first, true));
  return faults;
}

interface Locale {
  name: string;
  messages: Messages;
}

function compare(one: Locale, other: Locale, onlyMissing = false): string[] {
  const faults: string[] = [];
  for (const [id, variables] of one.messages) {
    const theirs = other.messages.get(id);
    if (theirs === undefined) faults.push(`${other.name} lacks ${id}`);
    else if (!onlyMissing && theirs !== variables)
      faults.push(`${id}: ${one.name} uses (${variables}), ${other.name} uses (${theirs})`);
  }
  return faults;
}

/** Fluent skips what it cannot read, so each message that a line begins must come out. */
function unreadable(name: string, text: string): string[] {
  const read = new Set(new FluentResource(text).body.map(entry => entry.id));
  const begun = [...text.matchAll(/^(-?[a-zA-Z][\w-]*) *=/gm)].map(match => match[1] ?? '');
  const twice = begun.filter((id, index) => begun.indexOf(id) !== index);
  return [
    ...begun.filter(id => !read.has(id)).map(id => `${name}: ${id} cannot be read as Fluent`),
    ...twice.map(id => `${name}: ${id} is there twice`),
  ];
}

function read(text: string): Messages {
  const messages: Messages = new Map();
  for (const { id, value, attributes } of new FluentResource(text).body) {
    messages.set(id, variablesIn(value));
    for (const [name, pattern] of Object.entries(attributes))
      messages.set(`${id}.${name}`, variablesIn(pattern));
  }
  return messages;
}

/** The names of the variables anywhere in a pattern, in order: `due, number`. */
function variablesIn(pattern: unknown): string {
  const found = new Set<string>();
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    if ('type' in node && node.type === 'var' && 'name' in node) found.add(String(node.name));
    for (const child of Object.values(node)) walk(child);
  };
  walk(pattern);
  return [...found].sort().join(', ');
}
