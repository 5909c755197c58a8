/** The desk in a process of its own, with the storm's clock. Its configuration comes from the environment, as at `npm start`. */
import { readConfig } from '../../src/config.ts';
import { run } from '../../src/main.ts';
import { type ClockState, timeBy } from './clock.ts';

let state = JSON.parse(process.env.STORM_CLOCK ?? '{}') as ClockState;
process.on('message', (next: ClockState) => {
  state = next;
});
process.on('disconnect', () => process.exit(1));

const result = readConfig(process.env);
if (!result.ok) throw new Error(result.faults.join('\n'));
await run(result.config, { now: () => new Date(timeBy(state)) });
process.send?.('ready');
