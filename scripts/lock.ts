import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Completes package-lock.json: `node scripts/lock.ts`, after a change of dependencies.
 *
 * A package with native parts names one optional package per platform. Where a registry mirror carries only some
 * of them, npm writes a lock file without the others, and then `npm ci` refuses it as out of step. This adds
 * them by name and version; their platform is in their name, and npm fetches none that is not its own.
 */

interface Entry {
  version?: string;
  optional?: boolean;
  dev?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
}

type Packages = Record<string, Entry>;

const systems = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const processors = ['arm64', 'arm', 'ia32', 'ppc64', 'riscv64', 's390x', 'x64'];

/** The optional packages that the lock file's entries name and that it has no entry for. */
export function missingPlatforms(packages: Packages): Packages {
  const missing: Packages = {};
  for (const [place, { optionalDependencies = {}, dev }] of Object.entries(packages))
    for (const [name, version] of Object.entries(optionalDependencies))
      if (!isReachable(packages, place, name))
        missing[`node_modules/${name}`] = { version, ...(dev && { dev }), optional: true, ...platform(name) };
  return missing;
}

/** Whether Node's resolution from `place` upwards meets an entry for `name`. */
function isReachable(packages: Packages, place: string, name: string): boolean {
  for (let from = place; ; from = from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/')))) {
    if (`${from}${from && '/'}node_modules/${name}` in packages) return true;
    if (!from) return false;
  }
}

function platform(name: string): Pick<Entry, 'os' | 'cpu' | 'libc'> {
  const words = name.split(/[/-]/);
  const os = systems.find(system => words.includes(system));
  const cpu = processors.find(processor => words.includes(processor));
  if (!os || !cpu) throw new Error(`${name} does not say its platform: add it to package-lock.json by hand.`);
  const libc = words.some(word => word.startsWith('musl')) ? ['musl'] : undefined;
  return { os: [os], cpu: [cpu], ...(libc && { libc }) };
}

/** package-lock.json of the working directory. */
export function readLock(): { packages: Packages } {
  return JSON.parse(readFileSync('package-lock.json', 'utf8'));
}

if (import.meta.main) {
  const lock = readLock();
  const missing = missingPlatforms(lock.packages);
  const all = Object.entries({ ...lock.packages, ...missing }).sort(([a], [b]) => a.localeCompare(b, 'en'));
  writeFileSync(
    'package-lock.json',
    `${JSON.stringify({ ...lock, packages: Object.fromEntries(all) }, null, 2)}\n`,
  );
  console.log(`${Object.keys(missing).length} optional packages added to package-lock.json`);
}
