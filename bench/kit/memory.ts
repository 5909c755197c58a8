import { readdirSync, readFileSync } from 'node:fs';

const KB_PER_MB = 1024;

/** Resident memory of a process in MB, as Linux counts it (VmRSS). */
export function residentMb(pid: number): number {
  return field(`/proc/${pid}/status`, 'VmRSS') / KB_PER_MB;
}

/** The memory of all processes below `pid`, in MB: PSS, which counts each shared page once over all that share it. */
export function familyMb(pid: number): { readonly processes: number; readonly mb: number } {
  const family = descendants(pid);
  const kb = family.reduce((sum, one) => sum + field(`/proc/${one}/smaps_rollup`, 'Pss'), 0);
  return { processes: family.length, mb: kb / KB_PER_MB };
}

export function descendants(pid: number): number[] {
  const parents = readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(name => {
      const parent = parentOf(Number(name));
      return parent === undefined ? [] : [{ pid: Number(name), parent }];
    });
  const below = (of: number): number[] =>
    parents.filter(({ parent }) => parent === of).flatMap(one => [one.pid, ...below(one.pid)]);
  return below(pid);
}

/** The process may have ended since it was listed. */
function parentOf(pid: number): number | undefined {
  try {
    // The name in parentheses may hold anything; the parent is the second word after it.
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\)/s, '').trim().split(' ')[1]);
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}

function field(file: string, name: string): number {
  const value = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(readFileSync(file, 'utf8'))?.[1];
  if (value === undefined) throw new Error(`${file} says nothing of ${name}`);
  return Number(value);
}
