import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { checkArchitecture } from './architecture.ts';
import { checkDocuments } from './documents.ts';
import { checkLocales } from './locales.ts';
import { missingPlatforms, readLock } from './lock.ts';

/**
 * `npm run verify`: everything that can be said of the code without running it. One line per check; then what each
 * failed one found; last the count. No database, no network, some seconds.
 */

/** A check, and how to get what it finds wrong; nothing found means passed. */
type Check = [name: string, find: () => Promise<string[]> | string[]];

const checks: Check[] = [
  ['format and lint', () => tool('@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '--colors=off')],
  ['types', () => tool('typescript/bin/tsc', '--noEmit', '--project', '.')],
  [
    'types of the bubble',
    () => tool('typescript/bin/tsc', '--noEmit', '--project', 'src/adapters/webchat/bubble'),
  ],
  ['architecture', async () => (await checkArchitecture(process.cwd())).faults],
  ['dead code', () => tool('knip/bin/knip.js', '--no-progress')],
  ['documents', () => checkDocuments('.')],
  ['locales', () => checkLocales('locales')],
  [
    'lock file',
    () => Object.keys(missingPlatforms(readLock().packages)).map(name => `${name}: run npm run lock`),
  ],
];

/** Runs a tool from node_modules; what it prints is a finding when it fails. */
async function tool(path: string, ...args: string[]): Promise<string[]> {
  const child = spawn(process.execPath, [`node_modules/${path}`, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve, reject) =>
    child.once('close', resolve).once('error', reject),
  );
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return code === 0 ? [] : [`${out}${err}`.trim() || `exit code ${code}`];
}

async function run([name, find]: Check): Promise<{ name: string; faults: string[]; seconds: number }> {
  const began = performance.now();
  const faults = await Promise.resolve()
    .then(find)
    .catch((error: Error) => [error.stack ?? error.message]);
  return { name, faults, seconds: (performance.now() - began) / 1000 };
}

const results = await Promise.all(checks.map(run));
for (const { name, faults, seconds } of results)
  console.log(`${faults.length === 0 ? 'ok  ' : 'FAIL'}  ${name} (${seconds.toFixed(1)} s)`);
const failed = results.filter(({ faults }) => faults.length > 0);
for (const { name, faults } of failed) console.log(`\n${name}:\n${faults.join('\n')}`);
console.log(
  `${failed.length > 0 ? '\n' : ''}${results.length - failed.length} passed, ${failed.length} failed`,
);
process.exitCode = failed.length > 0 ? 1 : 0;
