import { setTimeout as delay } from 'node:timers/promises';
import { inDirectory } from '../kit/cleanup.ts';
import type { Options } from '../kit/report.ts';
import { type Audit, audit } from './auditor.ts';
import { chanceFrom } from './chance.ts';
import { lookInside } from './inside.ts';
import { type Deed, TOKEN } from './model.ts';
import { customerInChat, customerWithForm, type Diary, staffMember } from './people.ts';
import { outages, weather } from './weather.ts';
import { makeWorld, type World } from './world.ts';

/** What a storm is to be. */
export interface StormOptions extends Options {
  readonly seed: number;
  /** How often the desk is killed: 15 times in a short storm, 1,000 in a long one when not said. */
  readonly kills?: number;
  /** Where the desk's log is to be found afterwards; it goes with everything else when not said. */
  readonly log: string | undefined;
}

/** What the storm did, and what the auditor found after it. */
export interface StormResult extends Audit {
  readonly kills: number;
  /** The desk ended by itself. */
  readonly deaths: number;
  /** Lanes of the desk that count wrongly what is left in them. */
  readonly drifted: number;
}

/** People do at most so many things between two deaths of the desk. */
const DEEDS = 30;
/** A restart takes the desk's leases with it: so much time passes while it is down, in ms. */
const DOWN_MS = 61_000;
/** After the storm time goes so many times as fast: waits between attempts are minutes. */
const CALM_PACE = 20;
/**
 * Nothing more will come when nothing has changed for so long, in ms of real time: SDKs wait in real time too, up to half a minute for a
 * limit. How fast the rest comes is the machine's business, within bounds.
 */
const STILL_MS = 45_000;
const CALM_MS = 300_000;
/** It has to be well for so long, in ms of real time. */
const QUIET_MS = 2000;

/** Runs a storm. The plan (who does what, what goes wrong, when the desk dies) follows from the seed. */
export function runStorm({
  short,
  say,
  seed,
  log,
  kills = short ? 15 : 1000,
}: StormOptions): Promise<StormResult> {
  return inDirectory(async (directory, defer) => {
    const world = await makeWorld(directory, defer, log);
    populate(world, short ? 3 : 6);
    await world.desk.start();
    let over = false;
    const isOver = (): boolean => over;
    const chance = chanceFrom(seed);
    const deeds: Deed[] = [];
    let before = 0;
    const diary = diaryOf(world, deeds, isOver, () => deeds.length - before >= DEEDS);
    const retries = setInterval(() => void world.slack.retryPending(), 500);
    defer(() => clearInterval(retries));
    const lives = peopleLive(world, diary, chance.fork.bind(chance));
    const harm = weather(world, chance.fork('weather'), isOver);
    const stops = outages(world, chance.fork('outages'), isOver);
    const dying = chance.fork('kills');
    for (let kill = 1; kill <= kills; kill += 1) {
      await delay(dying.between(200, 2600));
      await world.desk.kill();
      world.clock.forward(DOWN_MS);
      before = deeds.length;
      await world.desk.start();
      if (kill % 5 === 0 || kills < 20) say(`killed ${kill} times; people did ${deeds.length} things`);
    }
    over = true;
    const [did, stopped] = await Promise.all([harm, stops, lives]);
    say(`PostgreSQL stopped ${stopped} times; ${JSON.stringify(did)}`);
    const result = await calm(world, deeds, say);
    for (const fault of result.faults.slice(0, 40)) say(fault);
    const tokens = [...new Set(result.faults.flatMap(fault => fault.match(TOKEN) ?? []))];
    const { drifted, lines } = await lookInside(world.databaseUrl, world.clock.now(), tokens);
    if (result.faults.length > 0 || drifted > 0) for (const line of lines) say(line);
    return { ...result, kills, deaths: world.desk.deaths, drifted };
  });
}

function populate(world: World, each: number): void {
  for (let nth = 1; nth <= each; nth += 1) {
    world.slack.addPerson({ name: `sam${nth}`, role: 'customer', locale: 'en-US' });
    world.discord.addPerson({ name: `dan${nth}`, role: 'customer', locale: 'en-US' });
    world.telegram.addPerson({ name: `tom${nth}`, locale: 'en' });
  }
}

function diaryOf(world: World, deeds: Deed[], isOver: () => boolean, isEnough: () => boolean): Diary {
  let count = 0;
  return {
    deeds,
    token: () => `q${String(++count).padStart(5, '0')}q`,
    now: world.clock.now,
    isOver,
    isEnough,
  };
}

async function peopleLive(
  { slack, discord, telegram }: World,
  diary: Diary,
  fork: (name: string) => ReturnType<typeof chanceFrom>,
): Promise<void> {
  const forms = [...slack.people, ...discord.people].filter(({ name }) => /^(sam|dan)\d/.test(name));
  await Promise.all([
    ...forms.map(person => customerWithForm(person, diary, fork(person.name))),
    ...telegram.people
      .filter(({ name }) => /^tom\d/.test(name))
      .map(person => customerInChat(person, diary, fork(person.name))),
    ...discord.people
      .filter(({ role }) => role === 'staff')
      .map(person => staffMember(person, diary, fork(person.name))),
  ]);
}

/** No harm any more, and time goes fast: everything that is still to come has to come. Returns what the auditor finds in the end. */
async function calm(world: World, deeds: readonly Deed[], say: Options['say']): Promise<Audit> {
  for (const platform of [world.slack, world.discord, world.telegram]) platform.clearFaults();
  world.clock.pace(CALM_PACE);
  const look = (): Audit =>
    audit({ deeds, screens: world.screens(), acknowledged: world.front.acknowledged });
  const began = performance.now();
  let found = look();
  let changedAt = began;
  while (performance.now() - began < CALM_MS) {
    await delay(250);
    const before = found;
    found = look();
    if (JSON.stringify(before) !== JSON.stringify(found)) changedAt = performance.now();
    if (performance.now() - changedAt > (found.faults.length === 0 ? QUIET_MS : STILL_MS)) break;
  }
  say(`calm for ${Math.round((performance.now() - began) / 100) / 10} s`);
  return found;
}
