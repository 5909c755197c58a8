import { ApiError } from './args.ts';
import { type Control, controls, normal, withIds } from './blocks.ts';
import { asList, asText, type Obj } from './json.ts';
import { checkHome, checkView } from './validate.ts';
import type { OpenView, World } from './world.ts';

// "a modal can hold up to 3 views at a time": https://docs.slack.dev/surfaces/modals
const STACK = 3;
// "view_too_large: the provided view is greater than 250kb": https://docs.slack.dev/reference/methods/views.open
const VIEW_BYTES = 250_000;

/** The modals in front of a user, the bottom one first. */
function stackOf(world: World, user: string): OpenView[] {
  return world.stacks.get(user) ?? [];
}

/** The modal a user looks at. */
export function topOf(world: World, user: string): OpenView | undefined {
  return stackOf(world, user).at(-1);
}

function initial(element: Obj): Obj {
  const type = asText(element.type);
  if (type === 'plain_text_input') return { type, value: element.initial_value ?? null };
  if (type === 'datetimepicker') return { type, selected_date_time: element.initial_date_time ?? null };
  if (type === 'file_input') return { type, files: [] };
  return { type, selected_option: element.initial_option ?? null };
}

/** The controls of a view that hold a value. */
export function holders(view: OpenView): Control[] {
  return controls(asList(view.body.blocks)).filter(({ element }) => element.type !== 'button');
}

function settle(view: OpenView): void {
  const before = view.values;
  view.values = {};
  for (const { blockId, actionId, element } of holders(view)) {
    const kept = before[blockId]?.[actionId];
    const value = kept && kept.type === element.type ? kept : initial(element);
    view.values[blockId] = { ...view.values[blockId], [actionId]: value };
  }
}

function hash(world: World): string {
  return `${Math.floor(world.clock.now() / 1000)}.${world.hex(8)}`;
}

function accept(world: World, body: Obj, self: OpenView | undefined): Obj {
  if (Buffer.byteLength(JSON.stringify(body)) > VIEW_BYTES) throw new ApiError('view_too_large');
  const wrong = body.type === 'home' ? checkHome(body) : checkView(body);
  if (wrong.length > 0) throw new ApiError('invalid_arguments', wrong);
  const external = asText(body.external_id);
  const taken = [...world.views.values()].some(
    view => view !== self && external !== '' && view.body.external_id === external,
  );
  if (taken) throw new ApiError('duplicate_external_id');
  return { ...normal(body), blocks: withIds(asList(body.blocks), world) };
}

/** Opens a modal in front of a user: alone, or on top of those already there. Throws ApiError for a wrong one. */
export function openView(world: World, user: string, body: Obj, how: 'alone' | 'on-top'): OpenView {
  const accepted = accept(world, body, undefined);
  if (how === 'alone') closeAll(world, user);
  const below = stackOf(world, user);
  if (below.length >= STACK) throw new ApiError('push_limit_reached');
  const id = world.id('V');
  const view: OpenView = {
    id,
    user,
    rootId: below[0]?.id ?? id,
    previousId: below.at(-1)?.id ?? null,
    hash: hash(world),
    body: accepted,
    values: {},
    errors: {},
  };
  settle(view);
  world.views.set(id, view);
  world.stacks.set(user, [...below, view]);
  world.changed();
  return view;
}

/** Shows a user the app's page, or shows it anew. Throws ApiError for a wrong one, or for one that has changed since `before`. */
export function publishHome(world: World, user: string, body: Obj, before: string | undefined): OpenView {
  if (body.type !== 'home') throw new ApiError('invalid_arguments', ['[ERROR] view must be of type home']);
  const old = world.homes.get(user);
  if (before && before !== old?.hash) throw new ApiError('hash_conflict');
  const id = old?.id ?? world.id('V');
  const accepted = accept(world, body, old);
  const view: OpenView = {
    ...{ id, user, rootId: id, previousId: null, hash: hash(world), body: accepted },
    ...{ values: {}, errors: {} },
  };
  settle(view);
  world.homes.set(user, view);
  world.changed();
  return view;
}

/** Replaces the content of an open modal; what was typed stays where block and action are the same. */
export function updateView(world: World, view: OpenView, body: Obj): void {
  view.body = accept(world, body, view);
  view.hash = hash(world);
  view.errors = {};
  settle(view);
  world.changed();
}

/** Takes the top modal away. */
export function closeTop(world: World, user: string): void {
  const stack = stackOf(world, user);
  const top = stack.at(-1);
  if (top) world.views.delete(top.id);
  world.stacks.set(user, stack.slice(0, -1));
  world.changed();
}

/** Takes all modals away. */
export function closeAll(world: World, user: string): void {
  for (const view of stackOf(world, user)) world.views.delete(view.id);
  world.stacks.set(user, []);
  world.changed();
}
