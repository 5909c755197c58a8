import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ConfigResult, readConfig, readPolicyFile } from '../../../src/config.ts';

let folder: string;
let policy: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'switchdesk-config-'));
  policy = join(folder, 'desk.yaml');
  const shipped = readFileSync(new URL('../../../desk.yaml', import.meta.url), 'utf8');
  const staffed = shipped
    .replace('discord: []', 'discord: ["900000000000000001"]')
    .replace('slack: []', 'slack: [channel]')
    .replace('telegram: []', 'telegram: [administrator]');
  writeFileSync(policy, staffed);
});
afterAll(() => rmSync(folder, { recursive: true }));

const secret = 'SeCrEt-0123456789-SeCrEt';
const slack = {
  SLACK_BOT_TOKEN: `xoxb-${secret}`,
  SLACK_SIGNING_SECRET: secret,
  SLACK_APP_TOKEN: `xapp-${secret}`,
  SLACK_DESK_CHANNEL_ID: 'C0123456789',
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
  TELEGRAM_DESK_CHAT_ID: '-1001234567890',
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
    SMTP_URL: 'smtp://localhost',
    MAIL_FROM: 'support@example.com',
    WEBCHAT_ORIGINS: 'https://www.example.com',
  });
  expect(result).toMatchObject({
    ok: true,
    config: {
      port: 8080,
      databaseUrl: 'postgres://u:p@db/desk',
      remarks: [],
      platforms: {
        slack: { apiUrl: 'http://localhost:1/api/', deskChannelId: slack.SLACK_DESK_CHANNEL_ID },
        discord: { guildId: discord.DISCORD_GUILD_ID, deskChannelId: discord.DISCORD_DESK_CHANNEL_ID },
        telegram: { publicUrl: 'https://desk.example.com', deskChatId: telegram.TELEGRAM_DESK_CHAT_ID },
      },
    },
  });
});

test('an empty variable is an unset one', () => {
  const empty = Object.fromEntries(Object.keys(all).map(name => [name, ' ']));
  expect(faultsOf(empty)).toEqual([expect.stringContaining('No platform is set up')]);
  expect(
    read({ ...empty, TELEGRAM_BOT_TOKEN: `1:${secret}`, TELEGRAM_DESK_CHAT_ID: '-1001234567890' }),
  ).toMatchObject({
    ok: true,
    config: { platforms: { slack: undefined, discord: undefined }, port: 3000 },
  });
});

test('a platform that is off is told in one line each', () => {
  const result = read(slack);
  if (!result.ok) throw new Error(result.faults.join('\n'));
  expect(result.config.remarks).toEqual([
    expect.stringMatching(/^Discord is off: DISCORD_TOKEN is not set\./),
    expect.stringMatching(/^Telegram is off: TELEGRAM_BOT_TOKEN is not set\./),
    'Mail is off: SMTP_URL is not set.',
    'The chat on your website is off: WEBCHAT_ORIGINS is not set.',
    expect.stringMatching(/^PUBLIC_URL is not set: /),
  ]);
});

/** What each platform cannot do without: by this the test knows which sets are half. */
const wholeSlack = (has: (name: string) => boolean): boolean =>
  has('SLACK_BOT_TOKEN') && (has('SLACK_SIGNING_SECRET') || has('SLACK_APP_TOKEN'));
const wholeDiscord = (has: (name: string) => boolean): boolean =>
  ['DISCORD_TOKEN', 'DISCORD_GUILD_ID'].every(has);
const wholeTelegram = (has: (name: string) => boolean): boolean =>
  has('TELEGRAM_BOT_TOKEN') && (!has('TELEGRAM_WEBHOOK_SECRET') || has('PUBLIC_URL'));

test('each set of variables is whole, off, or refused with the names of what is missing – all 2,048 of them', () => {
  const names = Object.keys(all).filter(name => name !== 'DISCORD_PUBLIC_KEY');
  const known = readPolicyFile(policy);
  const faultsIn = (given: Record<string, string>): readonly string[] => {
    const result = readConfig(given, () => known);
    return result.ok ? [] : result.faults;
  };
  for (let mask = 0; mask < 2 ** names.length; mask++) {
    const given = Object.fromEntries(
      names.filter((_, bit) => mask & (1 << bit)).map(name => [name, all[name] as string]),
    );
    const has = (name: string): boolean => given[name] !== undefined;
    const faults = faultsIn(given);
    const platforms: [string, boolean, boolean][] = [
      ['Slack', Object.keys(slack).some(has), wholeSlack(has)],
      ['Discord', Object.keys(discord).some(has), wholeDiscord(has)],
      [
        'Telegram',
        ['TELEGRAM_BOT_TOKEN', 'TELEGRAM_WEBHOOK_SECRET', 'TELEGRAM_DESK_CHAT_ID'].some(has),
        wholeTelegram(has),
      ],
    ];
    for (const [platform, touched, whole] of platforms)
      expect(
        faults.some(fault => fault.startsWith(`${platform} `)),
        `${platform} in ${Object.keys(given)}`,
      ).toBe(touched && !whole);
    const none = platforms.every(([, touched]) => !touched);
    expect(faults.some(fault => fault.startsWith('No platform'))).toBe(none);
    const deskless =
      names.some(name => name.endsWith('_TOKEN') && name !== 'SLACK_APP_TOKEN' && has(name)) &&
      !names.some(name => name.includes('_DESK_') && has(name));
    expect(faults.some(fault => fault.startsWith('There is no desk'))).toBe(deskless);
    const half = platforms.some(([, touched, whole]) => touched && !whole);
    expect(faults.length > 0).toBe(none || half || deskless);
    for (const fault of faults)
      expect(names.filter(name => has(name) && fault.includes(`set ${name} `))).toEqual([]);
  }
}, 60_000);

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
  ['SLACK_DESK_CHANNEL_ID', '#support'],
  ['TELEGRAM_DESK_CHAT_ID', '@support'],
  ['DESK_SECRET', 'short'],
  ['CLAMD_SOCKET', 'clamd'],
  ['CLAMD_SOCKET', 'localhost:99999'],
])('%s = %s is refused by name', (name, value) => {
  expect(faultsOf({ ...all, [name]: value })).toEqual([expect.stringMatching(new RegExp(`^${name} `))]);
});

const s3 = {
  FILES_S3_ENDPOINT: 'https://s3.example.com',
  FILES_S3_BUCKET: 'desk',
  FILES_S3_ACCESS_KEY: secret,
  FILES_S3_SECRET_KEY: secret,
};

test('files: disk, or an S3 that is set up whole; a scanner by its path or its port; links with a public address', () => {
  const filesOf = (variables: Record<string, string>) => {
    const result = read({ ...slack, ...variables });
    return result.ok ? result.config.files : result.faults;
  };
  expect(filesOf({})).toEqual({});
  expect(filesOf({ ...s3, CLAMD_SOCKET: '/run/clamd.ctl', PUBLIC_URL: 'https://d.example.com//' })).toEqual({
    s3: {
      endpoint: 'https://s3.example.com',
      bucket: 'desk',
      region: 'us-east-1',
      accessKey: secret,
      secretKey: secret,
    },
    clamd: { path: '/run/clamd.ctl' },
    publicUrl: 'https://d.example.com',
  });
  expect(filesOf({ CLAMD_SOCKET: 'clamav:3310' })).toEqual({ clamd: { host: 'clamav', port: 3310 } });
  expect(filesOf({ CLAMD_SOCKET: '[::1]:3310' })).toEqual({ clamd: { host: '::1', port: 3310 } });
  const names = Object.keys(s3);
  for (let mask = 1; mask < 15; mask++) {
    const given = Object.entries(s3).filter((_, bit) => mask & (1 << bit));
    const missing = names.filter(name => !given.some(([one]) => one === name));
    expect(filesOf(Object.fromEntries(given))).toEqual([
      `The S3 storage of files is only half set up: set ${missing.join(' and ')} too, or none of its variables.`,
    ]);
  }
  expect(filesOf({ FILES_S3_REGION: 'eu-central-1' })).toHaveLength(1);
  expect(filesOf({ ...s3, FILES_S3_ENDPOINT: 'minio' })).toEqual([
    expect.stringMatching(/^FILES_S3_ENDPOINT /),
  ]);
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

test.each([
  ['discord', discord],
  ['slack', slack],
  ['telegram', telegram],
])('a desk that nobody could answer is refused: %s', (kind, variables) => {
  const DESK_POLICY = new URL('../../../desk.yaml', import.meta.url).pathname;
  expect(faultsOf({ ...variables, DESK_POLICY })).toEqual([expect.stringContaining(`staff.roles.${kind}`)]);
});

test('customers on three platforms and no desk anywhere: the start is refused with what to set', () => {
  const { SLACK_DESK_CHANNEL_ID: _slack, DISCORD_DESK_CHANNEL_ID: _discord, ...rest } = all;
  const { TELEGRAM_DESK_CHAT_ID: _telegram, ...deskless } = rest;
  expect(faultsOf(deskless)).toEqual([expect.stringMatching(/^There is no desk.*DISCORD_DESK_CHANNEL_ID/)]);
  for (const name of ['SLACK_DESK_CHANNEL_ID', 'DISCORD_DESK_CHANNEL_ID', 'TELEGRAM_DESK_CHAT_ID'])
    expect(faultsOf({ ...deskless, [name]: all[name] as string }), name).toEqual([]);
});

test('a policy with faults is refused with its path, lines and all', () => {
  const bad = join(folder, 'bad.yaml');
  writeFileSync(bad, 'desk: {}\n');
  const faults = faultsOf({ ...slack, DESK_POLICY: bad });
  expect(faults.length).toBeGreaterThan(3);
  for (const fault of faults) expect(fault).toMatch(new RegExp(`^${bad}, line 1, `));
});
