import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { type Config, readPolicyFile } from '../../src/config.ts';
import { type Keeping, type Kept, keepRunning } from '../../src/keep.ts';
import { type RunningDesk, run } from '../../src/main.ts';
import { goesToPost, inWorld, opensByForm, writes } from './steps.ts';

const world = inWorld({ asleep: true });
let kept: Kept<RunningDesk> | undefined;
afterAll(() => kept?.stop());

const SHIPPED = await readFile(new URL('../../desk.yaml', import.meta.url), 'utf8');

/** The desk as `npm start` keeps it, with a policy file of its own that an operator changes. */
async function startsKept(file: string, told: string[]): Promise<Kept<RunningDesk>> {
  const keeping: Keeping<Config, RunningDesk> = {
    read() {
      const { policy, faults } = readPolicyFile(file);
      if (policy === undefined) return { ok: false, faults };
      return {
        ok: true,
        config: { ...world.config, policy: { ...policy, staff: world.config.policy.staff } },
      };
    },
    async start(config) {
      const desk = await run(config, { log: world.log, now: world.now });
      world.door.leadTo(desk.port);
      return desk;
    },
    tell: line => told.push(line),
  };
  const isThere = ({ commands }: { commands: readonly { name: string }[] }) => commands.length > 0;
  const desk = await keepRunning(world.config, keeping);
  await world.discord.person('ana').watches(isThere, 'the command /ticket');
  return desk;
}

test('a policy with faults is refused line by line and the one that runs stays; a right one counts from then on', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'switchdesk-policy-'));
  const file = join(directory, 'desk.yaml');
  const told: string[] = [];
  kept = await startsKept(file, told);
  const [ana, bob] = [world.slack.person('ana'), world.discord.person('bob')];
  const number = await opensByForm(ana);
  const before = kept.current();

  const faulty = SHIPPED.replace('hours: { mon-fri: 08:00-17:00 }', 'hours: { mon: closed }')
    .replace('- { within: 10m }', '- { within: 0m }')
    .replace('team: admins', 'team: kitchen')
    .replace('calendar: admins', 'calendar: admins\n    up: [support]')
    .replace('{ at: 3m, page', '{ at: 9m, page');
  await writeFile(file, faulty);
  await kept.reload();
  const faults = told.join('\n');
  expect(told[0]).toBe('The new configuration has faults, so the one from before stays:');
  for (const place of [
    'calendars.datacentre.hours: it is never open',
    'promises.first-reply.2.within: a promise is a time above 0',
  ])
    expect(faults).toMatch(new RegExp(`desk\\.yaml, line \\d+, ${place.replaceAll('.', '\\.')}`));
  // Names are looked through once every part by itself is right.
  await writeFile(
    file,
    faulty.replace('mon: closed', 'mon: 08:00-17:00').replace('within: 0m', 'within: 9m'),
  );
  await kept.reload();
  for (const place of [
    'levels.3.team: there is no team "kitchen"',
    'levels.0.up: goes in a circle: support leads to billing leads to admins leads to support',
    'ladder.0.steps.2.at: comes before the step above it',
  ])
    expect(told.join('\n')).toContain(place);
  await writeFile(file, ': : nonsense [');
  await kept.reload();
  expect(kept.current()).toBe(before);
  await writes(ana, number, 'Is anybody there?');
  await bob.sees('Is anybody there?', `#${number}`);

  await writeFile(file, SHIPPED.replace('en: Technical,', 'en: Machines,'));
  await kept.reload();
  expect(told.at(-1)).toBe('The new configuration counts from now on.');
  expect(kept.current()).not.toBe(before);
  await writes(ana, number, 'And now?');
  await bob.sees('And now?', `#${number}`);
  await goesToPost(bob, number);
  await bob.says('/desk queue', '#general');
  await bob.sees(/Mail is down – Machines/);
  await rm(directory, { recursive: true });
}, 40_000);

test('one that cannot be started with gives way to the one before; reloads come one after the other, and none after the end', async () => {
  const started: string[] = [];
  let next: ReturnType<Keeping<string, { stop(): Promise<void> }>['read']> = { ok: true, config: 'bad' };
  const told: string[] = [];
  const one = await keepRunning('good', {
    read: () => next,
    start: async config => {
      started.push(config);
      if (config === 'bad') throw new Error('the port is taken');
      return { stop: async () => void started.push(`${config} ends`) };
    },
    tell: line => told.push(line),
  });
  await one.reload();
  expect(started).toEqual(['good', 'good ends', 'bad', 'good']);
  expect(told.join()).toContain('the port is taken');
  next = { ok: true, config: 'better' };
  await Promise.all([one.reload(), one.reload()]);
  expect(started.slice(4)).toEqual(['good ends', 'better', 'better ends', 'better']);
  await one.stop();
  await one.reload();
  expect(started.slice(8)).toEqual(['better ends']);
});
