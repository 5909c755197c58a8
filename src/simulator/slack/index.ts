import { Desk } from './desk.ts';
import { Faults } from './faults.ts';
import { Limits } from './limits.ts';
import { RequestLog } from './log.ts';
import type { SlackOptions, SlackSimulator } from './options.ts';
import { DEFAULT_PEOPLE, furnish, welcome } from './populate.ts';
import { PretendSlack } from './pretend.ts';
import { listen } from './server.ts';
import type { Command, Shortcut, Sim } from './sim.ts';
import { SocketMode } from './socket.ts';
import { type AppFacts, World } from './world.ts';

export type { SlackOptions, SlackSimulator } from './options.ts';
export type { SlackPerson } from './people.ts';
export type { SlackPersonInput } from './populate.ts';
export type { Delivery } from './transport.ts';
export type { Ping } from './world.ts';

const SCOPES = [
  'app_mentions:read',
  'channels:history',
  'channels:read',
  'chat:write',
  'commands',
  'files:read',
  'files:write',
  'im:history',
  'im:read',
  'im:write',
  'reactions:read',
  'reactions:write',
  'team:read',
  'usergroups:read',
  'users:read',
  'users:read.email',
];

function factsOf(options: SlackOptions): AppFacts {
  const teamName = options.workspace?.name ?? 'Switchdesk Demo';
  return {
    teamId: options.workspace?.id ?? 'T0SIM000001',
    teamName,
    teamDomain: teamName.toLowerCase().replace(/[^a-z0-9]+/g, '-'),
    appId: 'A0SIM000001',
    botId: 'B0SIM000001',
    botUser: 'U0SIMBOT001',
    botName: 'Switchdesk',
    botToken: options.botToken ?? 'xoxb-pretend-bot-token',
    appToken: options.appToken ?? 'xapp-1-pretend-app-token',
    signingSecret: options.signingSecret ?? 'pretend-slack-signing-secret',
    verificationToken: 'pretend-verification-token',
    scopes: options.scopes ?? SCOPES,
  };
}

const COMMANDS: readonly Command[] = [
  { name: '/ticket', description: 'Open a support ticket' },
  { name: '/desk', description: 'For support staff' },
  { name: '/notice', description: 'Tell customers' },
];
const SHORTCUTS: readonly Shortcut[] = [
  { name: 'Open a ticket from this message', callbackId: 'open_ticket' },
];
// With the real clock nobody moves time, so retries are looked for this often.
const RETRY_LOOK_MS = 1000;

function build(options: SlackOptions): Sim {
  const clock = options.clock ?? { now: () => Date.now() };
  const world = new World(clock, factsOf(options));
  const socket = options.socketMode ? new SocketMode(world.app.appId) : undefined;
  return {
    world,
    socket,
    desk: new Desk(world, socket, options.answerWithinMs ?? 3000, options.requestUrl),
    limits: new Limits(clock, options.rateLimits ?? true),
    faults: new Faults(),
    log: new RequestLog(),
    commands: options.commands ?? COMMANDS,
    shortcuts: options.shortcuts ?? SHORTCUTS,
    origin: '',
  };
}

/** Starts a pretend Slack on 127.0.0.1. Rejects when the port is taken. */
export async function startSlack(options: SlackOptions = {}): Promise<SlackSimulator> {
  const sim = build(options);
  furnish(sim.world);
  const people = (options.people ?? DEFAULT_PEOPLE).map(input => welcome(sim, input));
  const server = await listen(sim, options.port ?? 0);
  const retry = (): void => sim.desk.background(sim.desk.retryPending());
  const looking = options.clock ? undefined : setInterval(retry, RETRY_LOOK_MS);
  looking?.unref();
  return new PretendSlack(sim, people, async () => {
    clearInterval(looking);
    sim.desk.requestUrl = undefined;
    sim.socket?.stop();
    const closed = new Promise<void>(resolve => server.close(() => resolve()));
    server.closeAllConnections();
    await closed;
  });
}
