import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runStorm } from './run.ts';

/** The names of the counts that must be 0. */
const COUNTS = ['lost', 'duplicated', 'reordered', 'unknown_hidden', 'leaked', 'deaths', 'drifted'] as const;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      short: { type: 'boolean', default: false },
      seed: { type: 'string', default: '1' },
      kills: { type: 'string' },
      log: { type: 'string' },
    },
  });
  const seed = Number(values.seed);
  const asked = values.kills === undefined ? undefined : Number(values.kills);
  if (![seed, asked ?? 0].every(Number.isSafeInteger))
    throw new Error('--seed and --kills take whole numbers');
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  const log = values.log ?? join(tmpdir(), `switchdesk-storm-${seed}-${process.pid}.log`);
  const { kills, people_did, faults, told, ...counts } = await runStorm({
    short: values.short,
    say,
    seed,
    log,
    kills: asked,
  });
  say(
    `seed ${seed}: ${kills} kills, ${people_did} deeds, ${told} answers that did not come and staff know it`,
  );
  for (const name of COUNTS)
    say(`${counts[name] === 0 ? 'kept  ' : 'MISSED'} ${name} ${counts[name]} (at most 0)`);
  const isBad = COUNTS.some(name => counts[name] !== 0);
  if (isBad) {
    process.exitCode = 1;
    say(`the desk's log: ${log}`);
  } else if (values.log === undefined) await rm(log, { force: true });
  const { lost, duplicated, reordered, unknown_hidden } = counts;
  if (values.json) say(JSON.stringify({ kills, people_did, lost, duplicated, reordered, unknown_hidden }));
}

main().catch(error => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exit(1); // what the storm has opened would keep it here
});
