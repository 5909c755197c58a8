import { setTimeout as delay } from 'node:timers/promises';
import { openDatabase } from '../../drizzle/database.ts';
import type { PlaceView } from '../../src/simulator/model.ts';
import { inDirectory } from '../kit/cleanup.ts';
import type { Options } from '../kit/report.ts';
import { type Audit, audit, settle } from './auditor.ts';
import { lookBeside } from './beside.ts';
import { type Chance, chanceFrom } from './chance.ts';
import { idleBy, lookInside } from './inside.ts';
import { type Deed, type Evidence, TOKEN } from './model.ts';
import { customerInChat, customerWithForm, type Diary, staffMember } from './people.ts';
import { bringContacts, keyFor, type Provider, startProvider } from './provider.ts';
import { visitor } from './visitors.ts';
import { outages, weather } from './weather.ts';
import { makeWorld, type World } from './world.ts';
import { mailWriter } from './writers.ts';

/** What a storm is to be. */
export interface StormOptions extends Options {
  readonly seed: number;
  /** How often the desk is killed, in rounds of at most 50; when not said, 1,000 times, or in a short storm up to 15 times, as far as its time reaches. */
  readonly kills?: number;
  /** Where the desk's log is to be found afterwards. */
  readonly log: string;
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
/** Of these so many of visitors and of those who write mail, who wait for nothing: the others would come to nothing beside them. */
const QUICK_DEEDS = 10;
/**
 * The kills of one round. A desk that never lives for more than seconds mostly stores: what is left to send grows with every kill, and after
 * many all that is hit is storing. So each round has a world of its own, comes to its rest and is audited.
 */
const ROUND = 50;
/** A short storm kills no more after this, in ms of real time: how often it has, depends on the machine. But so often it has at least. */
const SHORT_MS = 45_000;
const LEAST = 3;
/** Where less than this was done by then, it goes on for as long again: a storm over nothing shows nothing. */
const LEAST_DEEDS = 60;
/** A life lasts for at most so many things that people do, or so long, in ms of real time. */
const LIFE_DEEDS = 12;
const LIFE_MS = 5000;
/** A restart takes the desk's leases with it, the longest of which is the right to read the mailbox: so much time passes while it is down, in ms. */
const DOWN_MS = 91_000;
/**
 * After the storm so much time passes at each look, in ms, because waits between attempts are minutes. Not while anything is under way: its
 * lease would run out before its real time has, which no desk ever sees.
 */
const CALM_STEP_MS = 5000;
const LOOK_MS = 250;
/**
 * Nothing more will come when nothing has changed for so long, in ms of real time, and nothing was under way: SDKs wait in real time too, up to
 * half a minute for a limit, and a lease that nobody holds any more runs out in a minute. How fast the rest comes is the business of the machine and of
 * the platforms' limits (a thread of Discord takes one message a second), within bounds.
 */
const STILL_MS = 45_000;
const CALM_MS = 1_200_000;
/** It has to be well for so long, in ms of real time. */
const QUIET_MS = 2000;

/** Runs a storm, in as many rounds as its kills need, each with a seed that is one higher. The counts are of all rounds together. */
export async function runStorm(options: StormOptions): Promise<StormResult> {
  const most = options.kills ?? (options.short ? 15 : 1000);
  const rounds: StormResult[] = [];
  for (let left = most; left > 0; left -= ROUND) {
    const seed = options.seed + rounds.length;
    if (most > ROUND) options.say(`round ${rounds.length + 1} of ${Math.ceil(most / ROUND)}, seed ${seed}`);
    rounds.push(await runRound({ ...options, seed, most: Math.min(left, ROUND) }));
  }
  return rounds.reduce(together);
}

function together(one: StormResult, other: StormResult): StormResult {
  const { faults, ...counts } = one;
  const sums = Object.entries(counts).map(([name, count]) => [
    name,
    count + other[name as keyof typeof counts],
  ]);
  return { ...(Object.fromEntries(sums) as typeof counts), faults: [...faults, ...other.faults] };
}

/** One round. The plan (who does what, what goes wrong, when the desk dies) follows from the seed. */
function runRound({
  short,
  say,
  seed,
  log,
  kills: asked,
  most,
}: StormOptions & { readonly most: number }): Promise<StormResult> {
  const limitMs = asked === undefined && short ? SHORT_MS : Number.POSITIVE_INFINITY;
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
    const settled = new Set<string>();
    const provider = await hireProvider(world, diary, chance.fork('provider'));
    const evidence = (): Evidence => ({
      deeds,
      settled,
      screens: world.screens(),
      acknowledged: world.front.acknowledged,
      said: provider.said,
      missed: provider.missed,
      concerned: CUSTOMER,
    });
    const mayGo = (place: PlaceView): boolean => {
      const tokens = settle(place, evidence());
      for (const token of tokens ?? []) settled.add(token);
      return tokens !== undefined;
    };
    const retries = setInterval(() => void world.slack.retryPending(), 500);
    defer(() => clearInterval(retries));
    const quick = (): number =>
      deeds.slice(before).filter(({ kind, platform }) => kind === 'wrote' && isQuick(platform)).length;
    const hasty = { ...diary, isEnough: () => diary.isEnough() || quick() >= QUICK_DEEDS };
    const lives = peopleLive(world, diary, hasty, chance.fork.bind(chance));
    const harm = weather(world, chance.fork('weather'), isOver, mayGo);
    const stops = outages(world, chance.fork('outages'), isOver);
    const dying = chance.fork('kills');
    const began = performance.now();
    let kills = 0;
    const goesOn = (): boolean => {
      const reach = deeds.length < LEAST_DEEDS ? 2 * limitMs : limitMs;
      return kills < most && (kills < LEAST || performance.now() - began < reach);
    };
    while (goesOn()) {
      await oneLife(dying, () => deeds.length - before);
      await world.desk.kill();
      await world.pass(DOWN_MS);
      before = deeds.length;
      await world.desk.start();
      kills += 1;
      if (kills % 5 === 0 || most < 20) say(`killed ${kills} times; people did ${deeds.length} things`);
    }
    over = true;
    const [did, stopped] = await Promise.all([harm, stops, lives, provider.done]);
    say(`PostgreSQL stopped ${stopped} times; ${JSON.stringify(did)}`);
    say(`people did: ${JSON.stringify(tally(deeds))}`);
    say(`${provider.said.length} words of ${new Set(provider.said.map(one => one.notice)).size} notices`);
    const result = await calm(world, provider, () => audit(evidence()), say);
    const drifted = await explain(world, result, evidence(), say);
    return { ...result, kills, deaths: world.desk.deaths, drifted };
  });
}

/** How often what was done, by platform: of an answer or a note, where its customer is. */
function tally(deeds: readonly Deed[]): Readonly<Record<string, number>> {
  const kinds = Map.groupBy(deeds, ({ platform, kind }) => `${platform} ${kind}`);
  return Object.fromEntries([...kinds].map(([name, all]) => [name, all.length] as const).toSorted());
}

/** Says what was found, and what the desk knows of it. Resolves with how many of its lanes count wrongly. */
async function explain(
  world: World,
  { faults }: Audit,
  evidence: Evidence,
  say: Options['say'],
): Promise<number> {
  for (const fault of faults.slice(0, 40)) say(fault);
  const tokens = [...new Set(faults.flatMap(fault => fault.match(TOKEN) ?? []))];
  const missed = [...new Set(faults.flatMap(fault => /^lost: (\w+) (?:on|and)/.exec(fault)?.[1] ?? []))];
  const { drifted, lines } = await lookInside(world.databaseUrl, world.clock.now(), tokens, missed);
  if (faults.length > 0 || drifted > 0)
    for (const line of [...lookBeside(evidence, tokens), await world.desk.says(), ...lines]) say(line);
  return drifted;
}

/**
 * A life ends at a random point of a busy run: after so many things that people did, and a moment more. Where that takes too long, nobody
 * does anything.
 */
async function oneLife(dying: Chance, did: () => number): Promise<void> {
  const wanted = dying.between(0, LIFE_DEEDS);
  const moment = dying.between(50, 900);
  const began = performance.now();
  while (did() < wanted && performance.now() - began < LIFE_MS) await delay(20);
  await delay(moment);
}

/** Where people say things without waiting for anything. */
const isQuick = (platform: Deed['platform']): boolean => platform === 'website' || platform === 'mail';

/** Customers, by their names. */
const CUSTOMER = /^(sam|dan|tom)\d/;

/** The provider's program, which knows all customers. */
async function hireProvider(world: World, diary: Diary, chance: Chance): Promise<Provider> {
  const database = await openDatabase({ url: world.databaseUrl, max: 1, name: 'storm' });
  try {
    await bringContacts(database, world, CUSTOMER);
    return startProvider({ url: world.deskUrl, secret: await keyFor(database) }, diary, chance);
  } finally {
    await database.close();
  }
}

/**
 * Customers by three ways, `each` of them a way, and not as many on the website and by mail: there half are visitors and half are signed in, and of the
 * mail the desk reads the one half in its mailbox and is brought the other.
 */
function populate(world: World, each: number): void {
  for (let nth = 1; nth <= each; nth += 1) {
    world.slack.addPerson({ name: `sam${nth}`, role: 'customer', locale: 'en-US' });
    world.discord.addPerson({ name: `dan${nth}`, role: 'customer', locale: 'en-US' });
    world.telegram.addPerson({ name: `tom${nth}`, locale: 'en' });
  }
  for (let nth = 1; nth <= Math.floor(each / 2); nth += 1) {
    world.website.addPerson({ name: `vic${nth}`, locale: 'en' });
    world.website.addPerson({ name: `wes${nth}`, locale: 'en', customer: `wes${nth}` });
    world.mail.addPerson({ name: `max${nth}`, locale: 'en' });
    world.mail.addPerson({ name: `ned${nth}`, locale: 'en' });
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
  { slack, discord, telegram, website, mail, carrier }: World,
  diary: Diary,
  hasty: Diary,
  fork: (name: string) => ReturnType<typeof chanceFrom>,
): Promise<void> {
  const forms = [...slack.people, ...discord.people].filter(({ name }) => /^(sam|dan)\d/.test(name));
  await Promise.all([
    ...forms.map(person => customerWithForm(person, diary, fork(person.name))),
    ...telegram.people
      .filter(({ name }) => /^tom\d/.test(name))
      .map(person => customerInChat(person, diary, fork(person.name))),
    ...website.people.map(person => visitor(person, hasty, fork(person.name))),
    ...mail.people.map(person =>
      mailWriter(person, hasty, fork(person.name), person.name.startsWith('ned') ? carrier : undefined),
    ),
    ...discord.people
      .filter(({ role }) => role === 'staff')
      .map(person => staffMember(person, diary, fork(person.name))),
  ]);
}

/** No harm any more, and time goes fast: everything that is still to come has to come. Returns what the auditor finds in the end. */
async function calm(
  world: World,
  provider: Provider,
  look: () => Audit,
  say: Options['say'],
): Promise<Audit> {
  for (const platform of [world.slack, world.discord, world.telegram, world.mail]) platform.clearFaults();
  const idle = idleBy(world.databaseUrl);
  const began = performance.now();
  let found = look();
  let changedAt = began;
  while (performance.now() - began < CALM_MS) {
    await delay(LOOK_MS);
    const isIdle = await idle.look(world.clock.now());
    if (isIdle) world.clock.forward(CALM_STEP_MS);
    const before = found;
    await provider.ask().catch(() => undefined);
    found = look();
    const goesOn = !isIdle && found.faults.length > 0;
    if (goesOn || JSON.stringify(before) !== JSON.stringify(found)) changedAt = performance.now();
    if (performance.now() - changedAt > (found.faults.length === 0 ? QUIET_MS : STILL_MS)) break;
  }
  await idle.close();
  say(`calm for ${Math.round((performance.now() - began) / 100) / 10} s`);
  return found;
}
