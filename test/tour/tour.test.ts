import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Demo, startDemo } from '../../src/demo.ts';
import { playTour } from '../../src/tour/index.ts';
import { type FreshDatabase, freshDatabase } from '../harness/database.ts';

let demo: Demo;
let database: FreshDatabase;
const logged: string[] = [];

beforeAll(async () => {
  database = await freshDatabase();
  const keep = (message: string, fields?: object): void =>
    void logged.push(`${message} ${JSON.stringify(fields ?? {})}`);
  const log = { info: () => undefined, warn: () => undefined, error: keep };
  demo = await startDemo({ port: 0, dataDir: '', databaseUrl: database.url, log });
}, 60_000);

afterAll(async () => {
  await demo?.stop();
  await database?.drop();
});

it('plays every story as it should be', { timeout: 180_000 }, async () => {
  const lines: string[] = [];
  const complaints: string[] = [];
  const result = await playTour(demo, {
    json: true,
    write: text => lines.push(text),
    complain: text => complaints.push(text),
  });
  expect(complaints).toEqual([]);
  expect(result.failed).toBe(0);
  expect(result.stories).toBeGreaterThanOrEqual(9);
  const told = lines.map(line => JSON.parse(line));
  expect(told.pop()).toEqual(result);
  expect(new Set(told.map(({ platform }) => platform))).toEqual(
    new Set(['slack', 'discord', 'telegram', 'mail', 'web', 'website']),
  );
  for (const line of told) {
    expect(Object.keys(line)).toEqual([
      'platform',
      'person',
      expect.stringMatching(/^(does|sees)$/),
      'text',
      'ticket',
    ]);
    expect(typeof line.text).toBe('string');
  }
  expect(told.some(({ ticket }) => ticket === 1)).toBe(true);
  expect(logged).toEqual([]);
});

it('says what was expected when a story fails, and goes on', { timeout: 30_000 }, async () => {
  const lines: string[] = [];
  const stories = [
    {
      name: 'Ana waits in vain',
      play: async () => void (await demo.slack.person('ana').sees('a unicorn', undefined, 50)),
    },
    {
      name: 'Ben says hello',
      play: async company => company.slack('ben').says('hello', '#general'),
    },
  ] satisfies Parameters<typeof playTour>[2];
  const output = { json: false, write: (text: string) => lines.push(text), complain: expect.unreachable };
  const result = await playTour(demo, output, stories);
  expect(result).toMatchObject({ stories: 2, failed: 1 });
  expect(lines.join('')).toMatch(/Ana waits in vain\n {2}FAILED: ana did not see "a unicorn"[\s\S]*#general/);
  expect(lines.join('')).toContain('Slack     Ben        writes hello in #general');
  expect(lines.at(-1)).toMatch(/^\n2 stories, 1 failed, \d/);
});
