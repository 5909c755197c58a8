// Keeps what Node made of the sources for the next start. Without it each start loads the compiler that takes the types out, and keeps
// it: 1 to 8 MB resident in the whole desk (measured), and part of the start. JavaScript, because a TypeScript file here would load that compiler for itself.
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

// Beside the packages and not in the shared /tmp: what lies there is run. Where it cannot be written, Node goes on without.
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/switchdesk', import.meta.url)));
