import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import type { Command } from './person/command.ts';
import { eraseCommand } from './person/erase.ts';
import { exportCommand } from './person/export.ts';

/** The operator's commands, by name. */
const commands: Readonly<Record<string, Command>> = {
  'export-person': exportCommand,
  'erase-person': eraseCommand,
};

async function main(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const [name = '', ...rest] = process.argv.slice(2);
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    const lines = Object.entries(commands).map(([one, { summary }]) => `  ${one.padEnd(15)}${summary}\n`);
    process.stderr.write(`npm run desk -- COMMAND …\n\n${lines.join('')}`);
    process.exitCode = 2;
    return;
  }
  process.exitCode = await command.run(rest, {
    out: text => void process.stdout.write(text),
    err: text => void process.stderr.write(text),
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

main().catch(error => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
