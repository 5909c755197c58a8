/** A desk in a process of its own, for stories in which it dies. Reads its configuration from the environment, and says its port. */
import type { Config } from '../../src/config.ts';
import { run } from '../../src/main.ts';

const config = JSON.parse(process.env.DESK_CONFIG ?? '{}') as Config;
const { port } = await run(config);
process.stdout.write(`port ${port}\n`);
