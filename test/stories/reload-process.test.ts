import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { conversationOf, goesToPost, inWorld, opensByForm } from './steps.ts';

const world = inWorld({ asleep: true });
const MAIN = new URL('../../src/main.ts', import.meta.url).pathname;
let child: ChildProcess | undefined;
let directory: string | undefined;

afterEach(async () => {
  if (child !== undefined && child.exitCode === null && child.signalCode === null) {
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }
  if (directory !== undefined) await rm(directory, { recursive: true, force: true });
});

/** Starts what `npm start` starts, on Discord, in a directory without a `.env`. Returns how to read what it says. */
async function startsMain(policy: string): Promise<{ policyFile: string; said: () => string }> {
  directory = await mkdtemp(join(tmpdir(), 'switchdesk-main-'));
  const policyFile = join(directory, 'desk.yaml');
  await writeFile(policyFile, policy);
  const { discord } = world;
  child = spawn(process.execPath, ['--expose-gc', MAIN], {
    cwd: directory,
    env: {
      PATH: process.env.PATH,
      PORT: '0',
      DATABASE_URL: world.config.databaseUrl,
      DATA_DIR: join(directory, 'data'),
      DESK_POLICY: policyFile,
      DISCORD_TOKEN: discord.botToken,
      DISCORD_GUILD_ID: discord.guildId,
      DISCORD_DESK_CHANNEL_ID: discord.deskChannelId,
      DISCORD_API_URL: discord.url,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (piece: string) => {
    said += piece;
  });
  return { policyFile, said: () => said };
}

test('`npm start` reads its policy anew on SIGHUP: a faulty one is refused line by line, a right one counts, and SIGTERM ends it well', async () => {
  const shipped = (await readFile(new URL('../../desk.yaml', import.meta.url), 'utf8')).replace(
    'discord: []',
    `discord: ["${world.discord.staffRoleId}"]`,
  );
  const { policyFile, said } = await startsMain(shipped);
  const says = (what: RegExp) => expect.poll(said, { timeout: 15_000 }).toMatch(what);
  await says(/Switchdesk is ready on port \d+/);
  const [ben, bob] = [world.discord.person('ben'), world.discord.person('bob')];
  await ben.watches(({ commands }) => commands.length > 0, 'the command /ticket');
  const number = await opensByForm(ben);
  await goesToPost(bob, number);

  await writeFile(policyFile, shipped.replace('- { within: 10m }', '- { within: 0m }'));
  child?.kill('SIGHUP');
  await says(/has faults, so the one from before stays:\n.*desk\.yaml, line \d+, promises\.first-reply/);
  await bob.says('We are on it.');
  await ben.goes(conversationOf(ben, number).id);
  await ben.sees('We are on it.');

  await writeFile(policyFile, shipped.replace('en: Technical,', 'en: Machines,'));
  child?.kill('SIGHUP');
  await says(/The new configuration counts from now on/);
  await bob.says('/desk queue', '#general');
  await bob.sees(/ – Machines/);

  const ended = child === undefined ? Promise.resolve([]) : once(child, 'exit');
  child?.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
}, 60_000);
