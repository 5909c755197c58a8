import { readFileSync } from 'node:fs';
import { descendants } from './memory.ts';

/** Linux counts in hundredths of a second for everybody (USER_HZ). */
const MS_PER_TICK = 10;

/** Processor time in ms since their starts: of one process, and of all that are below it. */
export function cpuMs(pid: number): { readonly own: number; readonly below: number } {
  return { own: ticks(pid), below: descendants(pid).reduce((sum, one) => sum + ticks(one), 0) };
}

function ticks(pid: number): number {
  const words = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\)/s, '').trim().split(' ');
  return (Number(words[11]) + Number(words[12])) * MS_PER_TICK;
}
