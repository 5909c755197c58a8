import { readFileSync } from 'node:fs';
import { descendants } from './memory.ts';

/** Linux counts in hundredths of a second for everybody (USER_HZ). */
const MS_PER_TICK = 10;

/** Processor time so far, in ms, of a process and all below it, ended ones included. Unlike rates it hardly depends on what else the machine does. */
export function cpuMs(pid: number): number {
  return [pid, ...descendants(pid)].reduce((sum, one) => sum + ticks(one), 0) * MS_PER_TICK;
}

/** Its own and those of its children that have ended: proc(5), `utime` to `cstime`. One that has ended since it was listed is in its parent's. */
function ticks(pid: number): number {
  const words = statOf(pid).replace(/^.*\)/s, '').trim().split(' ');
  return words.slice(11, 15).reduce((sum, word) => sum + Number(word), 0);
}

function statOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return '';
  }
}
