/**
 * Breaks the code on purpose, one guarantee of DESIGN.md §6 at a time, in a copy of the tree, and sees that a test notices.
 * `npm run broken` does all; `npm run broken -- 3 5` those guarantees only. Exits 1 when a break goes unnoticed.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Break {
  readonly guarantee: number;
  readonly what: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
  readonly test: string;
}

const root = join(import.meta.dirname, '..');

const breaks: readonly Break[] = [
  {
    guarantee: 1,
    what: 'a form that is sent again opens a second ticket',
    file: 'src/core/ticket/open.ts',
    from: 'or exists (select from once)',
    to: 'or true',
    test: 'test/core/once.test.ts',
  },
  {
    guarantee: 2,
    what: 'a reply is written down without its delivery',
    file: 'src/core/reactions.ts',
    from: "'staff-replied': [passToCustomer, passToOtherDesks,",
    to: "'staff-replied': [passToOtherDesks,",
    test: 'test/core/exactly.test.ts',
  },
  {
    guarantee: 3,
    what: 'the newest message of a place is sent first',
    file: 'src/core/outbox/claim.ts',
    from: 'order by d.seq limit 1',
    to: 'order by d.seq desc limit 1',
    test: 'test/core/outbox/order.test.ts',
  },
  {
    guarantee: 5,
    what: 'whoever held a lane once may settle it',
    file: 'src/core/outbox/settle.ts',
    from: ' and fence = ${claimed.fence}',
    to: '',
    test: 'test/core/outbox/fence.test.ts',
  },
  {
    guarantee: 7,
    what: 'the desk hears bots, itself among them',
    file: 'src/adapters/discord/said.ts',
    from: 'message.author.bot || ',
    to: '',
    test: 'test/stories/loops.test.ts',
  },
  {
    guarantee: 8,
    what: 'a note is sent as a reply',
    file: 'src/core/staff/act.ts',
    from: '(noted === undefined ? reply : note)',
    to: '(noted === undefined ? reply : reply)',
    test: 'test/stories/desk-notes.test.ts',
  },
  {
    guarantee: 8,
    what: 'the database takes a note for a customer',
    file: 'drizzle/migrations/0001_begin.sql',
    from: "CHECK (place_role = 'desk' OR message_kind IS DISTINCT FROM 'note')",
    to: 'CHECK (true)',
    test: 'test/core/outbox/notes.test.ts',
  },
  {
    guarantee: 11,
    what: 'a message that can never be sent is tried for ever',
    file: 'src/core/outbox/rules/decide.ts',
    from: "lost: false, state: 'dead', why: code, gone };",
    to: "lost: false, state: 'retry', why: code, gone };",
    test: 'test/core/outbox/lanes.test.ts',
  },
];

/** Runs one test file in `tree`; true when it passed. */
function passes(tree: string, test: string): boolean {
  const command = join(root, 'node_modules', '.bin', 'node');
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const run = spawnSync(command, [vitest, 'run', test], { cwd: tree, encoding: 'utf8', timeout: 240_000 });
  if (!/Tests\s.*\d+ (passed|failed)/.test(run.stdout.replaceAll(/\x1b\[[0-9;]*m/g, '')))
    throw new Error(`${test} did not run:\n${run.stdout.slice(-2000)}${run.stderr.slice(-2000)}`);
  return run.status === 0;
}

function copyTree(): string {
  const tree = mkdtempSync(join(tmpdir(), 'switchdesk-broken-'));
  for (const name of [
    'src',
    'drizzle',
    'test',
    'locales',
    'scripts',
    'package.json',
    'tsconfig.json',
    'vitest.config.ts',
    'desk.yaml',
  ])
    cpSync(join(root, name), join(tree, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'));
  return tree;
}

/** Applies one break to the copy, runs its test, and mends the copy again. */
function notices(tree: string, one: Break): boolean {
  const path = join(tree, one.file);
  const whole = readFileSync(path, 'utf8');
  if (!whole.includes(one.from))
    throw new Error(`${one.file} has changed: the break "${one.what}" does not fit any more`);
  writeFileSync(path, whole.replace(one.from, one.to));
  try {
    return !passes(tree, one.test);
  } finally {
    writeFileSync(path, whole);
  }
}

const wanted = process.argv.slice(2).map(Number);
const tree = copyTree();
let unnoticed = 0;
try {
  for (const one of breaks.filter(({ guarantee }) => wanted.length === 0 || wanted.includes(guarantee))) {
    const noticed = notices(tree, one);
    if (!noticed) unnoticed++;
    process.stdout.write(
      `${noticed ? 'noticed  ' : 'UNNOTICED'}  ${one.guarantee}  ${one.what} (${one.test})\n`,
    );
  }
} finally {
  rmSync(tree, { recursive: true, force: true });
}
process.exitCode = unnoticed === 0 ? 0 : 1;
