import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Platforms, startPlatforms } from '../../bench/kit/platforms.ts';
import { checkUp } from '../../src/cli/doctor/check-up.ts';
import type { Finding } from '../../src/core/index.ts';
import { emptyDatabase, type FreshDatabase, freshDatabase } from '../harness/database.ts';

let directory: string;
let platforms: Platforms;
let fresh: FreshDatabase;
let well: Record<string, string>;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'switchdesk-doctor-'));
  platforms = await startPlatforms(directory);
  fresh = await freshDatabase();
  well = { ...platforms.env, DATABASE_URL: fresh.url, DATA_DIR: join(directory, 'data') };
});

afterAll(async () => {
  await platforms.stop();
  await fresh.drop();
  rmSync(directory, { recursive: true, force: true });
});

/** What is wrong, and with what to do about it. */
async function faultsWith(change: Record<string, string>, now?: () => Date): Promise<readonly Finding[]> {
  return (await checkUp({ ...well, ...change }, now)).filter(({ ok }) => !ok);
}

test('a desk that could start has the disk, the database and the clocks well', async () => {
  const findings = await checkUp(well);
  const told = findings.map(({ what }) => what).join('\n');
  expect(told).toMatch(/can be written[\s\S]*free there[\s\S]*It is PostgreSQL 18[\s\S]*fits this release/);
  expect(told).toMatch(/clock and that of Telegram differ by \d s/);
  const own = findings.filter(({ what }) => !/^(slack|discord|telegram)/i.test(what));
  expect(own.filter(({ ok }) => !ok)).toEqual([]);
});

test('an environment that is not enough is told with what to set', async () => {
  const faults = await faultsWith({ SLACK_BOT_TOKEN: '', PORT: 'many' });
  expect(faults.map(({ mend }) => mend).join('\n')).toMatch(/PORT is no port[\s\S]*SLACK_BOT_TOKEN/);
});

test('mail that is set up is looked at: a server that is not there is told with what to mend, and without its password', async () => {
  const faults = await faultsWith({
    SMTP_URL: 'smtp://desk:secret-word@127.0.0.1:1',
    MAIL_FROM: 'Support <support@desk.example>',
  });
  const [server] = faults.filter(({ what }) => what.startsWith('Mail: 127.0.0.1:1'));
  expect(server?.mend).toContain('The server cannot be reached');
  expect(JSON.stringify(faults)).not.toContain('secret-word');
});

test('a database that is not there, and one of a newer release, are told apart', async () => {
  const [away] = await faultsWith({ DATABASE_URL: 'postgres://desk:secret-word@127.0.0.1:1/desk' });
  expect(away).toMatchObject({
    what: 'The database can be reached',
    mend: expect.stringContaining('DATABASE_URL'),
  });
  expect(JSON.stringify(away)).not.toContain('secret-word');

  const newer = await freshDatabase();
  try {
    await newer.database.sql`insert into migration (name, sha256) values ('9999_later.sql', 'x')`;
    const faults = await faultsWith({ DATABASE_URL: newer.url });
    expect(faults.map(({ mend }) => mend)).toContainEqual(expect.stringContaining('database of a newer one'));
  } finally {
    await newer.drop();
  }
});

test('a database that waits for its first start is no fault, and is left as it is', async () => {
  const empty = await emptyDatabase();
  try {
    const findings = await checkUp({ ...well, DATABASE_URL: empty.url });
    expect(findings.find(({ what }) => what.includes('0001_begin.sql'))?.ok).toBe(true);
    expect(await empty.database.sql`select to_regclass('migration') as there`).toEqual([{ there: null }]);
  } finally {
    await empty.drop();
  }
});

test('a data directory that is none is told', async () => {
  const file = join(directory, 'a-file');
  writeFileSync(file, '');
  const faults = await faultsWith({ DATA_DIR: file });
  expect(faults).toContainEqual(expect.objectContaining({ mend: expect.stringContaining('DATA_DIR') }));
});

test('a clock that is two minutes off is told, for each whom it differs from', async () => {
  const faults = await faultsWith({}, () => new Date(Date.now() + 120_000));
  const whose = faults.map(({ what }) => /that of (.*) differ by 1[12]\d s/.exec(what)?.[1]);
  expect(whose.filter(Boolean).sort()).toEqual(['Discord', 'Slack', 'Telegram', 'the database']);
});

test('a platform that cannot be reached is told, and no token with it', async () => {
  const faults = await faultsWith({ TELEGRAM_API_ROOT: 'http://127.0.0.1:1' });
  expect(faults.map(({ what }) => what)).toContain('Telegram can be reached');
  expect(JSON.stringify(faults)).not.toContain(platforms.telegram.botToken);
});

test('a provider of OpenID Connect that is set up is looked at', async () => {
  const faults = await faultsWith({
    PUBLIC_URL: 'https://desk.example',
    OIDC_ISSUER: 'http://127.0.0.1:1',
    OIDC_CLIENT_ID: 'desk',
    OIDC_CLIENT_SECRET: 'secret-word-xyzzy',
  });
  expect(faults).toContainEqual(expect.objectContaining({ mend: expect.stringContaining('OIDC_ISSUER') }));
  expect(JSON.stringify(faults)).not.toContain('xyzzy');
});

test('what a platform itself finds wrong is told with the rest', async () => {
  const wrong = 'wrong-token-of-nobody';
  const faults = await faultsWith({ DISCORD_TOKEN: wrong, TELEGRAM_BOT_TOKEN: `1:${wrong}` });
  const told = faults.map(({ what, mend }) => `${what}: ${mend}`).join('\n');
  expect(told).toMatch(/Discord: .*token/i);
  expect(told).toMatch(/Telegram: .*token/i);
  expect(told).not.toContain(wrong);
});
