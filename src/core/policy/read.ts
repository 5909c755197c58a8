import { LineCounter, parseDocument, visit } from 'yaml';
import { type Fault, ladderFaults } from './ladder-faults.ts';
import { type Policy, policySchema } from './model.ts';

/** What came of reading a policy: the policy, or every fault with its line. */
export type PolicyResult =
  | { readonly ok: true; readonly policy: Policy }
  | { readonly ok: false; readonly faults: readonly string[] };

/** Reads the text of a `desk.yaml`. Never throws; all faults at once, each as `line 12, staff.roles: what to do`. */
export function readPolicy(text: string): PolicyResult {
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
  const faults = contradictions(result.data).map(
    ([path, why]) => `line ${lineOf(document, lines, path)}, ${path.join('.')}: ${why}`,
  );
  return faults.length > 0 ? { ok: false, faults } : { ok: true, policy: result.data };
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

function contradictions(policy: Policy): Fault[] {
  const faults: Fault[] = ladderFaults({ ...policy, calendarIds: [] });
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
