import { ApiError } from './args.ts';
import { clientErrors } from './form.ts';
import { asList, asObj, isObj, type Obj, parseJson } from './json.ts';
import { interactionBase, viewJson } from './payloads.ts';
import type { Sim } from './sim.ts';
import { newTrigger } from './tickets.ts';
import type { DeskAnswer } from './transport.ts';
import { closeAll, closeTop, openView, updateView } from './views.ts';
import type { OpenView, User, World } from './world.ts';

/** What the client shows when an app did not answer a form, or answered what cannot be understood. */
const TROUBLE = 'We had some trouble connecting. Try again?';

function showErrors(view: OpenView, errors: Obj): boolean {
  const inputs = new Set(
    asList(view.body.blocks)
      .filter(block => block.type === 'input')
      .map(block => String(block.block_id)),
  );
  const entries = Object.entries(errors);
  const known = entries.every(([block, text]) => inputs.has(block) && typeof text === 'string');
  if (entries.length === 0 || !known) return false;
  view.errors = Object.fromEntries(entries.map(([block, text]) => [block, String(text)]));
  return true;
}

/** Does what the answer to a submission says; false when the client cannot make sense of it. */
function obey(world: World, view: OpenView, answer: DeskAnswer): boolean {
  if (answer.kind !== 'answered' || answer.status !== 200) return false;
  const body = answer.body.trim();
  const said = body === '' ? {} : parseJson(body);
  // A body counts only as JSON by its content type; anything else is "trouble connecting" (slackapi/bolt-js#554).
  if (!isObj(said) || (body !== '' && !answer.contentType.startsWith('application/json'))) return false;
  switch (said.response_action) {
    case undefined:
      if (Object.keys(said).length > 0) return false;
      closeTop(world, view.user);
      return true;
    case 'clear':
      closeAll(world, view.user);
      return true;
    case 'errors':
      return showErrors(view, asObj(said.errors));
    case 'update':
      updateView(world, view, asObj(said.view));
      return true;
    case 'push':
      openView(world, view.user, asObj(said.view), 'on-top');
      return true;
    default:
      return false;
  }
}

/** Submits a modal: the client's own checks, then the desk; resolves when its answer is on the screen. */
export async function submitView(sim: Sim, user: User, view: OpenView): Promise<void> {
  const { world, desk } = sim;
  view.errors = clientErrors(view);
  if (Object.keys(view.errors).length > 0) {
    world.changed();
    return;
  }
  const payload = {
    ...interactionBase(world, 'view_submission', user),
    trigger_id: newTrigger(world, user.id, view.id).id,
    view: viewJson(world, view),
    response_urls: [],
  };
  const answer = await desk.interact(payload);
  let understood: boolean;
  try {
    understood = obey(world, view, answer);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    understood = false;
  }
  if (!understood) world.alert(user.id, TROUBLE);
  world.changed();
}

/** Closes a modal without submitting: one view back, or all where the app asked for that. Tells the desk where it asked to be told. */
export function dismissView(sim: Sim, user: User, view: OpenView): void {
  const { world, desk } = sim;
  const cleared = view.body.clear_on_close === true;
  if (cleared) closeAll(world, user.id);
  else closeTop(world, user.id);
  if (view.body.notify_on_close !== true) return;
  const payload = {
    ...interactionBase(world, 'view_closed', user),
    view: viewJson(world, view),
    is_cleared: cleared,
  };
  desk.background(desk.interact(payload));
}
