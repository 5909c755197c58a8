import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { asideCommand } from './aside.ts';
import { importCommand } from './import/command.ts';
import { type Command, type Io, UsageError } from './io.ts';
import { keysCommand } from './keys.ts';
import { eraseCommand } from './person/erase.ts';
import { exportCommand } from './person/export.ts';

/** The operator's commands, by name. */
const commands: Readonly<Record<string, Command>> = {
  import: importCommand,
  keys: keysCommand,
  'export-person': exportCommand,
  'erase-person': eraseCommand,
  aside: asideCommand,
};

/** Runs one command of `npm run desk -- …`. Returns the exit code. */
export async function runCommand(args: readonly string[], io: Io): Promise<number> {
  const [name = '', ...rest] = args;
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  const wantsHelp = args.includes('--help') || args.includes('-h');
  if (wantsHelp || command === undefined) {
    const text = command?.help ?? usage();
    (wantsHelp ? io.out : io.err)(text);
    return wantsHelp ? 0 : 2;
  }
  try {
    return await command.run(rest, io);
  } catch (error) {
    const code = (error as { code?: string }).code ?? '';
    if (!(error instanceof UsageError || code.startsWith('ERR_PARSE_ARGS'))) throw error;
    io.err(`${(error as Error).message}\n\n${command.help}`);
    return 2;
  }
}

function usage(): string {
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(15)}${summary}\n`);
  return `npm run desk -- COMMAND …\n\n${lines.join('')}\n--help after a command says more.\n`;
}

async function main(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  process.exitCode = await runCommand(process.argv.slice(2), {
    out: text => void process.stdout.write(text),
    err: text => void process.stderr.write(text),
    tty: process.stdin.isTTY === true && process.stderr.isTTY === true,
    async ask(question) {
      const lines = createInterface({ input: process.stdin, output: process.stderr });
      try {
        return await lines.question(question);
      } finally {
        lines.close();
      }
    },
    env: process.env,
  });
}

if (import.meta.main)
  main().catch(error => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
