/**
 * Breaks the code on purpose, one guarantee of DESIGN.md §6 at a time, in copies of the tree, and sees that a test notices.
 * `npm run broken` does all; `npm run broken -- 3 5` those guarantees only, `npm run broken -- webchat` those whose name or test has the word. First the same tests must pass on the whole code.
 * Prints a table (guarantee, break, the test that noticed it); exits 1 when a break goes unnoticed or fits no more.
 */
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type Break, breaks, type Edit } from './broken/breaks.ts';
import { edited } from './broken/fits.ts';

const root = join(import.meta.dirname, '..');
const COPIED = [
  'src',
  'drizzle',
  'test',
  'locales',
  'scripts',
  'bench',
  'docs',
  'package.json',
  'tsconfig.json',
  'vitest.config.ts',
  'desk.yaml',
];
/** Copies that are tried beside each other; each run has a database server of its own. */
const AT_ONCE = 2;
/** Longest run of one test file, in ms; of many together, as long as that for every fourth. */
const LIMIT_MS = 120_000;
const limitOf = (files: number): number => LIMIT_MS * Math.max(1, files / 4);

/** What a tree did to a test: the names of the tests that failed, none when all passed. */
type Failed = readonly string[];

interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly status: string; readonly title: string }[];
  }[];
}

function copyTree(): string {
  const tree = mkdtempSync(join(tmpdir(), 'switchdesk-broken-'));
  for (const name of COPIED) cpSync(join(root, name), join(tree, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'));
  return tree;
}

async function node(
  tree: string,
  timeout: number,
  ...args: string[]
): Promise<{ code: number | null; out: string }> {
  const child = spawn(process.execPath, args, {
    cwd: tree,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout,
  });
  const ended = new Promise<number | null>((resolve, reject) =>
    child.once('close', resolve).once('error', reject),
  );
  const [code, out, err] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  return { code, out: out + err };
}

/** Runs test files, or `tsc`. Throws when they could not be run at all: a break that is no TypeScript proves nothing. */
async function failures(tree: string, tests: readonly string[], ...more: string[]): Promise<Failed> {
  const files = tests.filter(test => test !== 'tsc');
  const found: string[] = [];
  if (tests.includes('tsc')) found.push(...(await typeFaults(tree)));
  if (files.length === 0) return found;
  const report = join(tree, 'report.json');
  rmSync(report, { force: true });
  const vitest = join('node_modules', 'vitest', 'vitest.mjs');
  const { out } = await node(
    tree,
    limitOf(files.length),
    vitest,
    'run',
    ...files,
    '--reporter=json',
    `--outputFile=${report}`,
    ...more,
  );
  const { testResults } = readReport(report, out);
  // One whose world does not begin has only skipped tests: that is no pass.
  const empty = testResults.filter(one =>
    one.assertionResults.every(({ status }) => status !== 'passed' && status !== 'failed'),
  );
  if (testResults.length < files.length || empty.length > 0)
    throw new Error(`${files.join(' ')} did not run:\n${out.slice(-2000)}`);
  const failed = testResults.flatMap(one => one.assertionResults.filter(({ status }) => status === 'failed'));
  return [...found, ...failed.map(({ title }) => title)];
}

function readReport(path: string, out: string): Report {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Report;
  } catch (cause) {
    throw new Error(`the tests left no report:\n${out.slice(-2000)}`, { cause });
  }
}

/** What the type tests say; other faults of a tree under work are not theirs. */
async function typeFaults(tree: string): Promise<Failed> {
  const { out } = await node(tree, LIMIT_MS, 'node_modules/typescript/bin/tsc', '--noEmit', '--project', '.');
  return out.split('\n').filter(line => line.includes('.types.test.ts'));
}

function apply(tree: string, edit: Edit): void {
  const path = join(tree, edit[0]);
  writeFileSync(path, edited(readFileSync(path, 'utf8'), edit));
}

/** Applies one break to the copy, runs its test, and mends the copy again. Says who noticed. */
async function tryOut(tree: string, one: Break): Promise<string | undefined> {
  const files = [...new Set(one.edits.map(([file]) => file))];
  const kept = files.map(file => [join(tree, file), readFileSync(join(tree, file), 'utf8')] as const);
  try {
    for (const edit of one.edits) apply(tree, edit);
    return (await failures(tree, [one.test], '--bail=1'))[0];
  } finally {
    for (const [path, whole] of kept) writeFileSync(path, whole);
  }
}

/** By the number of its guarantee, or by a part of what it is or of its test. */
function isWanted({ guarantee, what, test }: Break, wanted: string): boolean {
  return /^\d+$/.test(wanted) ? guarantee === Number(wanted) : `${what} ${test}`.includes(wanted);
}

async function main(wanted: readonly string[]): Promise<void> {
  const chosen = breaks.filter(one => wanted.length === 0 || wanted.some(word => isWanted(one, word)));
  const trees = Array.from({ length: AT_ONCE }, copyTree);
  try {
    const whole = await failures(trees[0] as string, [...new Set(chosen.map(one => one.test))]);
    if (whole.length > 0)
      throw new Error(`the tests fail on the whole code already:\n  ${whole.join('\n  ')}`);
    const waiting = [...chosen];
    let bad = 0;
    const work = async (tree: string): Promise<void> => {
      for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
        const noticed = await tryOut(tree, one).catch((error: Error) => {
          bad++;
          return `FITS NO MORE: ${error.message}`;
        });
        if (noticed === undefined) bad++;
        console.log(`| ${one.guarantee} | ${one.what} | \`${one.test}\` | ${noticed ?? 'UNNOTICED'} |`);
      }
    };
    console.log('| guarantee | break | test | noticed by |\n| --- | --- | --- | --- |');
    await Promise.all(trees.map(work));
    console.log(`\n${chosen.length - bad} noticed, ${bad} not`);
    process.exitCode = bad === 0 ? 0 : 1;
  } finally {
    for (const tree of trees) rmSync(tree, { recursive: true, force: true });
  }
}

await main(process.argv.slice(2));
