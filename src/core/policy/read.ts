import { LineCounter, parseDocument, visit } from 'yaml';
import { type CalendarRule, type Holidays, readHolidays } from '../sla/index.ts';
import { type Fault, ladderFaults } from './ladder-faults.ts';
import { mailFaults } from './mail.ts';
import { type Policy, policySchema, type WrittenPolicy } from './model.ts';
import { noticesFaults } from './notices.ts';
import { type PromiseFault, promiseFaults, termsIn } from './promises.ts';
import { alertFaults } from './rules/alert-faults.ts';
import { statusFaults } from './status.ts';

/** What came of reading a policy: the policy, or every fault with its line. */
export type PolicyResult =
  | { readonly ok: true; readonly policy: Policy }
  | { readonly ok: false; readonly faults: readonly string[] };

/** Gives the text of a file that the policy names; undefined when it cannot be read. */
export type ReadFile = (name: string) => string | undefined;

/** Reads the text of a `desk.yaml`. Never throws; all faults at once, each as `line 12, staff.roles: what to do`. */
export function readPolicy(text: string, readFile: ReadFile = () => undefined): PolicyResult {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0)
    return {
      ok: false,
      faults: document.errors.map(
        error => `line ${error.linePos?.[0].line ?? 1}: ${firstLine(error.message)}`,
      ),
    };
  const aliases = unresolvedAliases(document, lines);
  if (aliases.length > 0) return { ok: false, faults: aliases };
  const result = policySchema.safeParse(document.toJS({ maxAliasCount: -1 }));
  if (!result.success) {
    return {
      ok: false,
      faults: result.error.issues.map(issue => {
        const path = issue.path.map(part => (typeof part === 'symbol' ? String(part) : part));
        return `line ${lineOf(document, lines, path)}, ${path.join('.') || 'the whole file'}: ${issue.message}`;
      }),
    };
  }
  const { calendars, promises, ...rest } = result.data;
  const filled = withHolidays(calendars, readFile);
  const faults = [...contradictions(result.data), ...filled.faults].map(
    ([path, why]) => `line ${lineOf(document, lines, path)}, ${path.join('.')}: ${why}`,
  );
  if (faults.length > 0) return { ok: false, faults };
  return { ok: true, policy: { ...rest, terms: termsIn(promises, filled.rules) } };
}

/** The calendars with the holidays of their files. */
function withHolidays(
  calendars: WrittenPolicy['calendars'],
  readFile: ReadFile,
): { readonly rules: Readonly<Record<string, CalendarRule>>; readonly faults: readonly PromiseFault[] } {
  const faults: PromiseFault[] = [];
  const rules: Record<string, CalendarRule> = {};
  for (const [name, { rule, file }] of Object.entries(calendars)) {
    rules[name] = rule;
    if (file === undefined || rule.always) continue;
    const text = readFile(file);
    const read = text === undefined ? undefined : readHolidays(text);
    if (read?.ok) rules[name] = withDays(rule, read);
    else
      faults.push([
        ['calendars', name, 'holidays_file'],
        read === undefined
          ? `${file} cannot be read; it is looked for beside the policy`
          : `${file}: ${read.why}`,
      ]);
  }
  return { rules, faults };
}

/** The policy's own names go before those of the file. */
function withDays(
  rule: Extract<CalendarRule, { always: false }>,
  { dates, names: found }: Extract<Holidays, { ok: true }>,
): CalendarRule {
  const names = { ...found, ...rule.names };
  const holidays = [...rule.holidays, ...dates];
  return { ...rule, holidays, ...(Object.keys(names).length > 0 && { names }) };
}

/** A text that begins with a star, as emphasis does, is an alias to YAML: reading it would throw. */
function unresolvedAliases(document: ReturnType<typeof parseDocument>, lines: LineCounter): string[] {
  const faults: string[] = [];
  visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document) !== undefined) return;
      const { line } = lines.linePos(alias.range?.[0] ?? 0);
      faults.push(`line ${line}: put a text that begins with * into quotes`);
    },
  });
  return faults;
}

/** All shares at which any promise warns. */
function sharesIn({
  promises: { at_risk: usual, paused_while_waiting: _, ...targets },
}: WrittenPolicy): number[] {
  return [...usual, ...Object.values(targets).flatMap(rules => rules.flatMap(rule => rule.at_risk ?? []))];
}

function contradictions(policy: WrittenPolicy): Fault[] {
  const faults: Fault[] = [
    ...promiseFaults(policy).map(([path, why]): Fault => [[...path], why]),
    ...alertFaults(policy.alerts).map(([path, why]): Fault => [[...path], why]),
    ...ladderFaults({
      ...policy,
      calendarIds: ['always', ...Object.keys(policy.calendars)],
      shares: sharesIn(policy),
    }),
    ...noticesFaults(policy),
    ...statusFaults(policy),
    ...mailFaults(policy),
  ];
  for (const group of ['departments', 'priorities'] as const) {
    const seen = new Set<string>();
    policy[group].forEach((one, index) => {
      if (seen.has(one.id)) faults.push([[group, index, 'id'], `"${one.id}" is there twice`]);
      seen.add(one.id);
      if (one.name[policy.desk.language] === undefined)
        faults.push([[group, index, 'name'], `has no name in the desk's language (${policy.desk.language})`]);
    });
  }
  for (const [name, template] of Object.entries(policy.notifications.templates))
    for (const part of ['subject', 'text'] as const)
      if (template[part][policy.desk.language] === undefined)
        faults.push([
          ['notifications', 'templates', name, part],
          `has no words in the desk's language (${policy.desk.language})`,
        ]);
  return faults;
}

/** The line of the deepest part of the path that stands in the file. */
function lineOf(
  document: ReturnType<typeof parseDocument>,
  lines: LineCounter,
  path: readonly (string | number)[],
): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true) as
      | { range?: [number, number, number] | null }
      | undefined;
    if (node?.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? text;
}
