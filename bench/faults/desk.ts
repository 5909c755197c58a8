/**
 * The desk in a process of its own, with the storm's clock. Its configuration comes from the environment, as at `npm start`. It has
 * everything loaded when its turn comes: what a supervisor starts anew reads the same files, and the storm would only wait for that.
 */
import { readConfig } from '../../src/config.ts';
import { loadChannels, run } from '../../src/main.ts';
import { type ClockState, timeBy } from './clock.ts';

process.on('disconnect', () => process.exit(1));
const { promise, resolve } = Promise.withResolvers<ClockState>();
let state: ClockState | undefined;
process.on('message', (next: ClockState) => {
  state = next;
  resolve(next);
});

const result = readConfig(process.env);
if (!result.ok) throw new Error(result.faults.join('\n'));
await loadChannels(result.config); // `run` finds them loaded
const first = await promise;
await run(result.config, { now: () => new Date(timeBy(state ?? first)) });
process.send?.('ready');
