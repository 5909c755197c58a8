import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ConfigResult, readConfig } from '../../../src/config.ts';

let folder: string;
let policy: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'switchdesk-config-'));
  policy = join(folder, 'desk.yaml');
  const shipped = readFileSync(new URL('../../../desk.yaml', import.meta.url), 'utf8');
  writeFileSync(policy, shipped.replace('discord: []', 'discord: ["900000000000000001"]'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const secret = 'SeCrEt-0123456789-SeCrEt';
const slack = {
  SLACK_BOT_TOKEN: `xoxb-${secret}`,
  SLACK_SIGNING_SECRET: secret,
  SLACK_APP_TOKEN: `xapp-${secret}`,
};
const discord = {
  DISCORD_TOKEN: secret,
  DISCORD_PUBLIC_KEY: 'ab'.repeat(32),
  DISCORD_GUILD_ID: '100000000000000001',
  DISCORD_DESK_CHANNEL_ID: '100000000000000002',
};
const telegram = {
  TELEGRAM_BOT_TOKEN: `1:${secret}`,
  TELEGRAM_WEBHOOK_SECRET: secret,
  PUBLIC_URL: 'https://desk.example.com/',
};
const all: Record<string, string> = { ...slack, ...discord, ...telegram };

const read = (variables: Record<string, string>): ConfigResult =>
  readConfig({ DESK_POLICY: policy, ...variables });
const faultsOf = (variables: Record<string, string>): readonly string[] => {
  const result = read(variables);
  return result.ok ? [] : result.faults;
};

test('everything set: every platform is on, and there is nothing to remark', () => {
  const result = read({
    ...all,
    PORT: '8080',
    DATABASE_URL: 'postgres://u:p@db/desk',
    SLACK_API_URL: 'http://localhost:1/api',
  });
  expect(result).toMatchObject({
    ok: true,
    config: {
      port: 8080,
      databaseUrl: 'postgres://u:p@db/desk',
      remarks: [],
      platforms: {
        slack: { apiUrl: 'http://localhost:1/api/' },
        discord: { guildId: discord.DISCORD_GUILD_ID },
        telegram: { publicUrl: 'https://desk.example.com' },
      },
    },
  });
});

test('an empty variable is an unset one', () => {
  const empty = Object.fromEntries(Object.keys(all).map(name => [name, ' ']));
  expect(faultsOf(empty)).toEqual([expect.stringContaining('No platform is set up')]);
  expect(read({ ...empty, TELEGRAM_BOT_TOKEN: `1:${secret}` })).toMatchObject({
    ok: true,
    config: { platforms: { slack: undefined, discord: undefined }, port: 3000 },
  });
});

test('a platform that is off is told in one line each', () => {
  const result = read({ ...slack });
  if (!result.ok) throw new Error(result.faults.join('\n'));
  expect(result.config.remarks).toEqual([
    expect.stringMatching(/^Discord is off: DISCORD_TOKEN is not set\./),
    expect.stringMatching(/^Telegram is off: TELEGRAM_BOT_TOKEN is not set\./),
  ]);
});

/** What each platform cannot do without: by this the test knows which sets are half. */
const wholeSlack = (has: (name: string) => boolean): boolean =>
  has('SLACK_BOT_TOKEN') && (has('SLACK_SIGNING_SECRET') || has('SLACK_APP_TOKEN'));
const wholeDiscord = (has: (name: string) => boolean): boolean =>
  ['DISCORD_TOKEN', 'DISCORD_GUILD_ID', 'DISCORD_DESK_CHANNEL_ID'].every(has);
const wholeTelegram = (has: (name: string) => boolean): boolean =>
  has('TELEGRAM_BOT_TOKEN') && (!has('TELEGRAM_WEBHOOK_SECRET') || has('PUBLIC_URL'));

test('each set of variables is whole, off, or refused with the names of what is missing – all 1,024 of them', () => {
  const names = Object.keys(all);
  for (let mask = 0; mask < 2 ** names.length; mask++) {
    const given = Object.fromEntries(
      names.filter((_, bit) => mask & (1 << bit)).map(name => [name, all[name] as string]),
    );
    const has = (name: string): boolean => given[name] !== undefined;
    const faults = faultsOf(given);
    const platforms: [string, boolean, boolean][] = [
      ['Slack', Object.keys(slack).some(has), wholeSlack(has)],
      ['Discord', Object.keys(discord).some(has), wholeDiscord(has)],
      ['Telegram', has('TELEGRAM_BOT_TOKEN') || has('TELEGRAM_WEBHOOK_SECRET'), wholeTelegram(has)],
    ];
    for (const [platform, touched, whole] of platforms)
      expect(
        faults.some(fault => fault.startsWith(`${platform} `)),
        `${platform} in ${Object.keys(given)}`,
      ).toBe(touched && !whole);
    const none = platforms.every(([, touched]) => !touched);
    expect(faults.some(fault => fault.startsWith('No platform'))).toBe(none);
    expect(faults.length > 0).toBe(none || platforms.some(([, touched, whole]) => touched && !whole));
    for (const fault of faults)
      expect(names.filter(name => has(name) && fault.includes(`set ${name} `))).toEqual([]);
  }
});

test('faults of every kind are told together', () => {
  const faults = faultsOf({
    PORT: 'http',
    SLACK_SIGNING_SECRET: secret,
    DISCORD_GUILD_ID: 'my server',
    DESK_POLICY: join(folder, 'none.yaml'),
  });
  for (const words of ['PORT', 'SLACK_BOT_TOKEN', 'DISCORD_GUILD_ID', 'DESK_POLICY'])
    expect(
      faults.some(fault => fault.includes(words)),
      words,
    ).toBe(true);
});

test.each([
  ['PORT', '70000'],
  ['PORT', '-1'],
  ['PUBLIC_URL', 'desk.example.com'],
  ['DATABASE_URL', 'mysql://x'],
  ['LOG_LEVEL', 'loud'],
  ['DISCORD_PUBLIC_KEY', 'abc'],
  ['DISCORD_DESK_CHANNEL_ID', '#desk'],
  ['TELEGRAM_WEBHOOK_SECRET', 'short'],
  ['SLACK_API_URL', 'nowhere'],
])('%s = %s is refused by name', (name, value) => {
  expect(faultsOf({ ...all, [name]: value })).toEqual([expect.stringMatching(new RegExp(`^${name} `))]);
});

test('no value of a secret ever stands in a fault', () => {
  const names = Object.keys(all);
  fc.assert(
    fc.property(fc.subarray(names), fc.subarray(names), (given, spoilt) => {
      const variables = Object.fromEntries(
        given.map(name => [name, spoilt.includes(name) ? `${secret} ü` : (all[name] as string)]),
      );
      expect(faultsOf({ ...variables, DATABASE_URL: `mysql://u:${secret}@db` }).join('\n')).not.toContain(
        secret,
      );
    }),
    { numRuns: 300 },
  );
});

test('a desk that nobody could answer is refused', () => {
  const faults = faultsOf({
    ...discord,
    DESK_POLICY: new URL('../../../desk.yaml', import.meta.url).pathname,
  });
  expect(faults).toEqual([expect.stringContaining('staff.roles.discord')]);
});

test('a policy with faults is refused with its path, lines and all', () => {
  const bad = join(folder, 'bad.yaml');
  writeFileSync(bad, 'desk: {}\n');
  const faults = faultsOf({ ...slack, DESK_POLICY: bad });
  expect(faults.length).toBeGreaterThan(3);
  for (const fault of faults) expect(fault).toMatch(new RegExp(`^${bad}, line 1, `));
});
