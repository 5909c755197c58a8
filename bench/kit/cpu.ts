import { readFileSync } from 'node:fs';
import { descendants } from './memory.ts';

/** Linux counts in hundredths of a second for everybody (USER_HZ). */
const MS_PER_TICK = 10;

/** Processor time so far, in ms, of a process and all below it. Unlike rates it hardly depends on what else the machine does. */
export function cpuMs(pid: number): number {
  return [pid, ...descendants(pid)].reduce((sum, one) => sum + ticks(one), 0) * MS_PER_TICK;
}

function ticks(pid: number): number {
  const words = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\)/s, '').trim().split(' ');
  return Number(words[11]) + Number(words[12]);
}
