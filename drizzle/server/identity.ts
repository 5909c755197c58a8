import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { type Binaries, copyForEveryone } from './binaries.ts';
import { ServerError } from './error.ts';

/** How PostgreSQL's programs are run here: `[...prefix, program, ...arguments]`, with these binaries. */
export interface Identity {
  prefix: string[];
  binaries: Binaries;
}

/**
 * Finds a way to run PostgreSQL, which refuses uid 0, on the files of `directory`.
 *
 * An ordinary user runs it directly. For root, in this order:
 * 1. data that belong to another user: as that user;
 * 2. a user namespace, in which root bears another number. Files stay root's, so a checkout below /root works;
 * 3. where namespaces are forbidden (the default of Docker): another user, who keeps the one capability to
 *    reach the directory; binaries that this user cannot read are copied.
 */
export function chooseIdentity(binaries: Binaries, directory: string, data: string): Identity {
  if (process.platform === 'win32') return { prefix: [], binaries };
  const owner = statSync(data, { throwIfNoEntry: false });
  const uid = process.getuid?.() ?? 0;
  if (owner && owner.uid !== uid && uid !== 0)
    throw new ServerError(
      `${data} belongs to user ${owner.uid}, and this is user ${uid}. ` +
        'Start the desk as that user, or give it another directory with DATA_DIR.',
    );
  for (const identity of candidates(binaries, uid, owner)) if (works(identity, directory)) return identity;
  throw new ServerError(
    `PostgreSQL could not be started as user ${uid}: it refuses to run as root, and neither a user namespace ` +
      '(unshare) nor another user (setpriv) was to be had here. Start the desk as an ordinary user, ' +
      'or name a PostgreSQL server with DATABASE_URL.',
  );
}

function* candidates(
  binaries: Binaries,
  uid: number,
  owner: { uid: number; gid: number } | undefined,
): Generator<Identity> {
  const fallen = ['setpriv', '--pdeathsig', 'INT']; // PostgreSQL follows the desk at once, even after kill -9
  if (uid !== 0 && hasName()) {
    yield { prefix: fallen, binaries };
    yield { prefix: [], binaries };
    return;
  }
  const other = owner && owner.uid !== 0 ? owner : undefined;
  const stranger = other ?? unprivilegedUser();
  if (!other) {
    const namespace = ['unshare', '--user', `--map-user=${stranger.uid}`];
    yield { prefix: [...namespace, ...fallen], binaries };
    yield { prefix: namespace, binaries };
  }
  if (uid !== 0) return;
  const user = [`--reuid=${stranger.uid}`, `--regid=${stranger.gid}`, '--clear-groups'];
  const reach = ['--inh-caps=+dac_override', '--ambient-caps=+dac_override'];
  const prefix = [...fallen, ...user, ...reach];
  yield { prefix, binaries };
  if (spawnSync('setpriv', ['--version']).status === 0) yield { prefix, binaries: copyForEveryone(binaries) };
}

/** initdb wants its user to have a name, which a bare `docker run --user 12345` has not. */
function hasName(): boolean {
  try {
    return userInfo().username !== '';
  } catch {
    return false;
  }
}

/** A user of /etc/passwd other than root; `nobody` last, since unmapped files seem to be nobody's. */
function unprivilegedUser(): { uid: number; gid: number } {
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map(line => line.split(':'))
    .map(([name, , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    .filter(user => user.uid > 0);
  const found = users.find(user => user.name === 'postgres') ?? users.find(user => user.name !== 'nobody');
  return found ?? { uid: 65_534, gid: 65_534 };
}

/** Whether a program run in this way can write to the directory, and PostgreSQL accepts the user and finds itself. */
function works({ prefix, binaries }: Identity, directory: string): boolean {
  const trial = ': > "$1/.trial" && rm "$1/.trial" && exec "$2" --show --pgdata "$1/.trial"';
  const [program = 'sh', ...rest] = [...prefix, 'sh', '-c', trial, 'sh', directory, binaries.initdb];
  const outcome = spawnSync(program, rest, { cwd: '/', stdio: 'ignore', timeout: 10_000 });
  return outcome.status === 0;
}
