import { type Control, controls, labelOf, optionsOf } from './blocks.ts';
import { asList, asText, isObj, type Obj, parseJson } from './json.ts';
import { interactionBase, messageJson, viewJson } from './payloads.ts';
import { respond } from './respond.ts';
import type { Sim } from './sim.ts';
import { newResponseUrl, newTrigger } from './tickets.ts';
import type { Channel, Message, OpenView, User } from './world.ts';

function acted({ blockId, actionId, element }: Control, choice: Obj, ts: string): Obj {
  const { confirm: _confirm, options: _options, option_groups: _groups, ...shown } = element;
  return { ...shown, action_id: actionId, block_id: blockId, ...choice, action_ts: ts };
}

async function deliver(sim: Sim, user: User, label: string, payload: Obj): Promise<void> {
  const answer = await sim.desk.interact(payload);
  if (answer.kind === 'answered' && answer.status === 200) return;
  const why = answer.kind === 'timeout' ? 'operation_timeout' : 'dispatch_failed';
  sim.world.alert(user.id, `"${label}" did not work: ${why}`);
}

/** Presses a button of a message, or makes a choice in it (`blockId/actionId` or `blockId/actionId=value`). A confirm dialog is accepted. */
export function actOnMessage(sim: Sim, user: User, message: Message, buttonId: string): void {
  const { world, desk } = sim;
  const [address, value] = buttonId.split('=', 2);
  const control = controls(message.blocks ?? []).find(
    ({ blockId, actionId }) => `${blockId}/${actionId}` === address,
  );
  const channel = world.channels.get(message.channel);
  if (!control || !channel) throw new Error(`The message ${message.ts} has no control ${buttonId}`);
  const option = optionsOf(control.element).find(given => asText(given.value) === value);
  const ephemeral = message.onlyFor !== undefined;
  const url = newResponseUrl(world, 'actions', channel.id, user.id, message);
  const payload = {
    ...interactionBase(world, 'block_actions', user),
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: ephemeral,
      ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
    },
    trigger_id: newTrigger(world, user.id).id,
    channel: { id: channel.id, name: channelName(channel) },
    ...(ephemeral ? {} : { message: messageJson(world, message) }),
    state: { values: {} },
    response_url: `${sim.origin}${url.path}`,
    actions: [acted(control, option ? { selected_option: option } : {}, world.ts())],
  };
  const label = labelOf(control.element.text) || labelOf(option?.text);
  desk.background(deliver(sim, user, label, payload));
}

/** Tells the desk of a button pressed, or of a value chosen, inside a modal. */
export function actOnView(sim: Sim, user: User, view: OpenView, control: Control): void {
  const { world, desk } = sim;
  const value = view.values[control.blockId]?.[control.actionId] ?? {};
  const payload = {
    ...interactionBase(world, 'block_actions', user),
    container: { type: 'view', view_id: view.id },
    trigger_id: newTrigger(world, user.id, view.id).id,
    view: viewJson(world, view),
    actions: [acted(control, value, world.ts())],
  };
  desk.background(deliver(sim, user, labelOf(control.element.text) || control.actionId, payload));
}

/** Uses a shortcut on a message, from its menu. Throws when the app has none with this name. */
export function useShortcut(sim: Sim, user: User, message: Message, name: string): void {
  const { world, desk, shortcuts } = sim;
  const shortcut = shortcuts.find(one => one.name.includes(name));
  const channel = world.channels.get(message.channel);
  if (!shortcut || !channel) throw new Error(`The app has no shortcut "${name}"`);
  const payload = {
    ...interactionBase(world, 'message_action', user),
    action_ts: world.ts(),
    channel: { id: channel.id, name: channelName(channel) },
    callback_id: shortcut.callbackId,
    trigger_id: newTrigger(world, user.id).id,
    response_url: `${sim.origin}${newResponseUrl(world, 'actions', channel.id, user.id).path}`,
    message_ts: message.ts,
    message: messageJson(world, message),
  };
  desk.background(deliver(sim, user, shortcut.name, payload));
}

/** The button with this label in an open modal, or on the app's page. */
export function viewButton(view: OpenView, label: string): Control | undefined {
  const buttons = controls(asList(view.body.blocks)).filter(({ element }) => element.type === 'button');
  return (
    buttons.find(({ element }) => labelOf(element.text) === label) ??
    buttons.find(({ element }) => labelOf(element.text).includes(label))
  );
}

function channelName(channel: Channel): string {
  return channel.kind === 'im' ? 'directmessage' : channel.name;
}

async function command(sim: Sim, user: User, channel: Channel, name: string, text: string): Promise<void> {
  const { world, desk } = sim;
  const { app } = world;
  const url = newResponseUrl(world, 'commands', channel.id, user.id);
  const answer = await desk.command({
    token: app.verificationToken,
    team_id: app.teamId,
    team_domain: app.teamDomain,
    channel_id: channel.id,
    channel_name: channelName(channel),
    user_id: user.id,
    user_name: user.handle,
    command: name,
    text,
    api_app_id: app.appId,
    is_enterprise_install: 'false',
    response_url: `${sim.origin}${url.path}`,
    trigger_id: newTrigger(world, user.id).id,
  });
  const fail = (why: string): void => world.alert(user.id, `${name} failed with the error "${why}"`);
  if (answer.kind === 'timeout') return fail('operation_timeout');
  if (answer.kind === 'unreachable' || answer.status !== 200) return fail('dispatch_failed');
  if (answer.body.trim() === '') return;
  const parsed = answer.contentType.startsWith('application/json') ? parseJson(answer.body) : undefined;
  if (isObj(parsed) && Object.keys(parsed).length === 0) return;
  const said = isObj(parsed) ? parsed : { text: answer.body };
  const refusal = respond(sim, url, said);
  if (refusal !== undefined) fail(refusal);
}

/** Types a slash command into a channel, or into one of its threads, where Slack does not have them. */
export function typeCommand(sim: Sim, user: User, channel: Channel, typed: string, inThread: boolean): void {
  const [, name = '', text = ''] = /^(\/\S+)\s*([\s\S]*)$/.exec(typed) ?? [];
  // The client's own words, as people report them (slackapi/bolt-python#873).
  if (inThread) sim.world.alert(user.id, `${name} is not supported in threads. Sorry!`);
  else if (!sim.commands.some(known => known.name === name)) {
    sim.world.alert(user.id, `${name} is not a valid command.`);
  } else sim.desk.background(command(sim, user, channel, name, text.trim()));
}
