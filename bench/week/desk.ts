/** The desk in a process of its own, whose time is moved, and which says what it holds. Its configuration is in the environment. */
import { setImmediate as turn } from 'node:timers/promises';
import { readConfig } from '../../src/config.ts';
import { run } from '../../src/main.ts';
import { type ClockState, timeBy } from '../faults/clock.ts';
import type { ToDesk } from './model.ts';

let state = JSON.parse(process.env.WEEK_CLOCK ?? '{}') as ClockState;
/** What a leaking desk would never let go; only for the test that shows that it is noticed. */
const leaked: Buffer[] = [];

process.on('message', (said: ToDesk) => {
  if (said.what === 'clock') state = said.state;
  else void held(said.leakMb).then(memory => process.send?.(memory));
});
process.on('disconnect', () => process.exit(1));

/** What is alive, after all that is not was collected, and what is resident. */
async function held(leakMb: number): Promise<NodeJS.MemoryUsage> {
  if (leakMb > 0) leaked.push(Buffer.alloc(leakMb * 1024 * 1024, 1));
  for (let times = 0; times < 3; times += 1) {
    globalThis.gc?.();
    await turn();
  }
  return process.memoryUsage();
}

const result = readConfig(process.env);
if (!result.ok) throw new Error(result.faults.join('\n'));
await run(result.config, { now: () => new Date(timeBy(state)) });
process.send?.('ready');
