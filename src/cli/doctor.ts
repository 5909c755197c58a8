import { existsSync } from 'node:fs';
import { checkUp } from './doctor/check-up.ts';

/** `npm run doctor`: one line for each thing that was checked, with what to do where it is not well. Exit code 1 on any fault. */
async function main(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const findings = await checkUp(process.env);
  for (const { what, ok, mend } of findings) {
    process.stdout.write(`${ok ? 'ok   ' : 'FAULT'} ${what}\n`);
    if (mend !== undefined) process.stdout.write(`      ${mend}\n`);
  }
  const faults = findings.filter(({ ok }) => !ok).length;
  process.stdout.write(`${findings.length - faults} well, ${faults} not\n`);
  process.exitCode = faults === 0 ? 0 : 1;
}

main().catch(error => {
  process.stderr.write(`The doctor fell ill: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
