import { type Config, readConfig } from '../../config.ts';
import { type Channel, type Finding, type Log, noRooms } from '../../core/index.ts';
import { loadChannels } from '../../main.ts';
import { openFileHouse } from '../../storage/index.ts';
import { readWords } from '../../words.ts';
import { checkClock } from './clock.ts';
import { checkDatabase } from './database.ts';
import { checkDisk } from './disk.ts';
import { checkFiles } from './files.ts';
import { checkOpenId } from './open-id.ts';

/** The doctor speaks by findings alone. */
const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
/** Nothing is signed: nothing is sent. */
const unsigned = async (): Promise<Uint8Array> => new Uint8Array(32);
/** Nothing is read either. */
const unread = { hold: async () => false, release: async () => undefined };
/** All of one platform's checks together end within this, in ms. */
const PLATFORM_MS = 30_000;

/**
 * Checks all that a start depends on, as the start reads it: the environment and the policy, the disk, the database, the clocks, the
 * provider that customers sign in with, and each platform's own side. Leaves nothing behind. A fault says what to do about it; no secret is said. Never throws.
 */
export async function checkUp(
  environment: Readonly<Record<string, string | undefined>>,
  now: () => Date = () => new Date(),
): Promise<readonly Finding[]> {
  const result = readConfig(environment);
  if (!result.ok)
    return result.faults.map(fault => ({
      what: 'The environment and the policy can be read',
      ok: false,
      mend: fault,
    }));
  const { config } = result;
  const makeChannels = await loadChannels(config);
  const remarks = config.remarks.map(remark => ({ what: remark, ok: true }));
  const parts = [
    checkDisk(config.dataDir),
    checkFiles(config.dataDir, config.files),
    checkDatabase(config, now),
    checkClock(addresses(config), now),
    checkSignIn(config, now),
    ...makeChannels({
      log: silent,
      now,
      phrases: readWords(config.policy),
      uploads: openFileHouse(config.dataDir, config.files).uploads,
      rooms: () => noRooms,
      open: () => undefined,
      secret: unsigned,
      reading: unread,
    }).map(checkChannel),
  ];
  const found = await Promise.all(parts);
  return [{ what: 'The environment and the policy can be read', ok: true }, ...remarks, ...found.flat()];
}

async function checkSignIn(
  { openId, files: { publicUrl } }: Config,
  now: () => Date,
): Promise<readonly Finding[]> {
  return openId === undefined || publicUrl === undefined ? [] : checkOpenId(openId, publicUrl, now);
}

/** Where each platform that is on is reached. */
function addresses({ platforms: { slack, discord, telegram } }: Config): Readonly<Record<string, string>> {
  return {
    ...(slack && { Slack: slack.apiUrl ?? 'https://slack.com/api/' }),
    ...(discord && { Discord: discord.apiUrl ?? 'https://discord.com/api' }),
    ...(telegram && { Telegram: telegram.apiRoot ?? 'https://api.telegram.org' }),
  };
}

async function checkChannel({ kind, check, close }: Channel): Promise<readonly Finding[]> {
  if (check === undefined) return [];
  const late = Promise.withResolvers<readonly Finding[]>();
  const mend = `Look whether this machine reaches ${kind}, and try again.`;
  const what = `${kind} answers within ${PLATFORM_MS / 1000} s`;
  const timer = setTimeout(() => late.resolve([{ what, ok: false, mend }]), PLATFORM_MS);
  try {
    return await Promise.race([check(), late.promise]);
  } finally {
    clearTimeout(timer);
    await close?.();
  }
}
