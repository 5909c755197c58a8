/** A desk in a process of its own, for stories in which it dies. Reads its configuration from the environment, and says its port. */
import type { Config } from '../../src/config.ts';
import { run } from '../../src/main.ts';

const config = JSON.parse(process.env.DESK_CONFIG ?? '{}') as Config;
// A story whose time was moved says by how many ms.
const ahead = Number(process.env.DESK_AHEAD ?? 0);
const { port } = await run(config, { now: () => new Date(Date.now() + ahead) });
process.stdout.write(`port ${port}\n`);
