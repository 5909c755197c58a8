import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/** A new directory for one run: the platforms remember nothing of earlier ones, so neither may the database. */
export function freshDirectory(dataDir: string): { readonly path: string; remove(): void } {
  mkdirSync(dataDir, { recursive: true });
  for (const name of readdirSync(dataDir).filter(one => one.startsWith('run-')))
    if (!isInUse(join(dataDir, name))) rmSync(join(dataDir, name), { recursive: true, force: true });
  const path = mkdtempSync(join(dataDir, 'run-'));
  writeFileSync(join(path, 'owner'), String(process.pid));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Whether the demo that made the directory still runs; what a killed one left is removed at the next start. */
function isInUse(directory: string): boolean {
  const file = join(directory, 'owner');
  if (!existsSync(file)) return false;
  const pid = Number(readFileSync(file, 'utf8'));
  try {
    process.kill(pid, 0);
    return pid !== process.pid;
  } catch {
    return false;
  }
}
