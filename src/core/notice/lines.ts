import type { FormField } from '../channel/index.ts';
import type { Act } from '../context.ts';
import { Refusal } from '../errors.ts';
import { literal, oneLine, plain } from '../text/index.ts';
import type { Typed } from './form.ts';

/** Fields by the name under which somebody writes them where there is no window; one that is in two forms has one name. */
const names: Readonly<Record<string, string>> = {
  title: 'title',
  text: 'text',
  polish: 'polish',
  'polish-text': 'polish',
  about: 'about',
  when: 'when',
  state: 'state',
};

/** Before each further line of what is typed. */
const INDENT = '  ';

/** How a form is filled where the platform has no windows: the command with a line for each field, to be copied, changed and sent. */
export function linesOf(
  act: Act,
  locale: string,
  command: string,
  fields: readonly FormField[],
  values: Typed,
): string {
  const lines = fields.map(field => {
    const value = values[field.id] ?? '';
    const typed = field.kind === 'choice' ? labelOf(field, value) : value;
    // Lines of a text are set in, so that none of them is taken for the name of a field.
    return `${nameOf(act, locale, field.id)}: ${typed.replaceAll('\n', `\n${INDENT}`)}`.trimEnd();
  });
  return literalBlock([`/notice ${command}`, ...lines].join('\n'));
}

/** Nothing in it can end the block. */
function literalBlock(text: string): string {
  const fence = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  return `${fence}\n${text}\n${fence}`;
}

/** What each field asks for, a line each. */
export function hintsOf(act: Act, locale: string, fields: readonly FormField[]): string {
  return fields
    .map(({ id, kind, hint, options = [] }) => {
      const what = kind === 'choice' ? options.map(one => one.label).join(' · ') : (hint ?? '');
      return `- **${literal(nameOf(act, locale, id))}**: ${literal(what)}`;
    })
    .join('\n');
}

/**
 * What stands in such lines, by field. A line that names no field, or is set in, goes on the one before it. Undefined where the text begins with none: it
 * is no filled form. Throws `Refusal` where a field is named twice: one of them may be a line of a text.
 */
export function typedIn(act: Act, fields: readonly FormField[], text: string): Typed | undefined {
  const typed = new Map<string, string[]>();
  let open: string[] | undefined;
  for (const line of text.split('\n')) {
    const [, name = '', rest = ''] = /^(\p{L}[\p{L} ]{0,19}?)\s*:\s?(.*)$/su.exec(line) ?? [];
    const field = fields.find(({ id }) => isNamed(act, id, name));
    if (field !== undefined) {
      if (typed.has(field.id)) throw new Refusal('notice-line-twice', { name: oneLine(name, 20) });
      open = [rest];
      typed.set(field.id, open);
    } else if (open !== undefined) open.push(line.startsWith(INDENT) ? line.slice(INDENT.length) : line);
    else if (line.trim() !== '') return undefined;
  }
  if (typed.size === 0) return undefined;
  return Object.fromEntries(
    fields.flatMap(field => {
      const value = typed.get(field.id)?.join('\n').trim();
      return value === undefined
        ? []
        : [[field.id, field.kind === 'choice' ? optionOf(field, value) : value]];
    }),
  );
}

function nameOf(act: Act, locale: string, id: string): string {
  return plain(act.phrases.say(locale, `notice-line-${names[id] ?? id}`));
}

/** In any language of the desk. */
function isNamed(act: Act, id: string, name: string): boolean {
  const typed = name.trim().toLowerCase();
  return act.phrases.locales().some(locale => nameOf(act, locale, id).toLowerCase() === typed);
}

function labelOf({ options = [] }: FormField, value: string): string {
  return options.find(one => one.value === value)?.label ?? value;
}

function optionOf({ options = [] }: FormField, typed: string): string {
  const said = typed.toLowerCase();
  return options.find(({ value, label }) => value === said || label.toLowerCase() === said)?.value ?? typed;
}
