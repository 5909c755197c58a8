import { checkCommand, commandWire } from '../commands.ts';
import { apiError } from '../errors.ts';
import { Form, isObject } from '../form.ts';
import { buckets, limits } from '../limits.ts';
import type { CommandState, Json } from '../types.ts';
import type { Call, Route } from './route.ts';
import { bodyOf, created, demandGuild, nothing, ok } from './route.ts';

function scope(call: Call): string | null {
  if (call.params.application_id !== call.world.applicationId) throw apiError(10002);
  if (call.params.guild_id === undefined) return null;
  demandGuild(call);
  return call.world.guildId;
}

function inScope(call: Call, guildId: string | null): CommandState[] {
  return [...call.world.commands.values()].filter(one => one.guildId === guildId);
}

const key = (body: Json) => `${String(body.type ?? 1)}:${String(body.name)}`;

/** Counts one creation against the day's limit; throws 30034. */
function countCreate(call: Call): void {
  const now = call.world.clock.now();
  call.world.commandCreates = call.world.commandCreates.filter(at => now - at < 86_400_000);
  if (call.world.commandCreates.length >= limits.commandCreatesPerDay) throw apiError(30034);
  call.world.commandCreates.push(now);
}

function store(call: Call, guildId: string | null, body: Json): { command: CommandState; isNew: boolean } {
  const old = inScope(call, guildId).find(one => key(one.body) === key(body));
  const version = call.world.ids.next();
  if (old) {
    old.body = body;
    old.version = version;
    return { command: old, isNew: false };
  }
  if (inScope(call, guildId).length >= limits.commands) throw apiError(30032);
  countCreate(call);
  const command: CommandState = { id: call.world.ids.next(), guildId, version, body };
  call.world.commands.set(command.id, command);
  return { command, isNew: true };
}

function overwrite(call: Call) {
  const guildId = scope(call);
  const form = new Form();
  const list = form.list([], call.body, 0, limits.commands).filter(isObject);
  const seen = new Set<string>();
  list.forEach((body, index) => {
    checkCommand(form, [index], body);
    if (seen.has(key(body)))
      form.add([index], 'APPLICATION_COMMANDS_DUPLICATE_NAME', 'Application command names must be unique');
    seen.add(key(body));
  });
  form.check();
  for (const old of inScope(call, guildId)) if (!seen.has(key(old.body))) call.world.commands.delete(old.id);
  const wires = list.map(body => commandWire(call.world, store(call, guildId, body).command));
  call.world.changed();
  return ok(wires);
}

function create(call: Call) {
  const guildId = scope(call);
  const form = new Form();
  checkCommand(form, [], bodyOf(call));
  form.check();
  const { command, isNew } = store(call, guildId, bodyOf(call));
  call.world.changed();
  return isNew ? created(commandWire(call.world, command)) : ok(commandWire(call.world, command));
}

function one(call: Call): CommandState {
  const guildId = scope(call);
  const command = call.world.commands.get(call.params.command_id ?? '');
  if (!command || command.guildId !== guildId) throw apiError(10063);
  return command;
}

function patch(call: Call) {
  const command = one(call);
  const form = new Form();
  checkCommand(form, [], bodyOf(call), true);
  form.check();
  command.body = { ...command.body, ...bodyOf(call) };
  command.version = call.world.ids.next();
  call.world.changed();
  return ok(commandWire(call.world, command));
}

function drop(call: Call) {
  call.world.commands.delete(one(call).id);
  call.world.changed();
  return nothing;
}

function list(call: Call) {
  const full = call.query.get('with_localizations') === 'true';
  const wires = inScope(call, scope(call)).map(command => commandWire(call.world, command));
  return ok(
    full ? wires : wires.map(({ name_localizations: _n, description_localizations: _d, ...rest }) => rest),
  );
}

function family(root: string): Route[] {
  const bucket = buckets.commands;
  return [
    { verb: 'GET', path: root, auth: 'bot', bucket, run: list },
    { verb: 'PUT', path: root, auth: 'bot', bucket, run: overwrite },
    { verb: 'POST', path: root, auth: 'bot', bucket, run: create },
    {
      verb: 'GET',
      path: `${root}/{command_id}`,
      auth: 'bot',
      bucket,
      run: call => ok(commandWire(call.world, one(call))),
    },
    { verb: 'PATCH', path: `${root}/{command_id}`, auth: 'bot', bucket, run: patch },
    { verb: 'DELETE', path: `${root}/{command_id}`, auth: 'bot', bucket, run: drop },
  ];
}

/** Application commands, global and of the guild. */
export const commandRoutes: readonly Route[] = [
  ...family('/applications/{application_id}/commands'),
  ...family('/applications/{application_id}/guilds/{guild_id}/commands'),
];
