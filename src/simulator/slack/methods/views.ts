import { ApiError, type Args } from '../args.ts';
import type { Obj } from '../json.ts';
import { viewJson } from '../payloads.ts';
import type { Sim } from '../sim.ts';
import { checkTrigger } from '../tickets.ts';
import { openView, publishHome, updateView } from '../views.ts';
import type { Method } from './method.ts';

function readView(args: Args): Obj {
  const view = args.object('view', 'invalid_arguments');
  if (!view) throw new ApiError('invalid_arguments', ['[ERROR] missing required field: view']);
  return view;
}

function opening(how: 'alone' | 'on-top') {
  return (sim: Sim, args: Args): Obj => {
    const body = readView(args);
    const trigger = checkTrigger(sim.world, args.need('trigger_id'));
    if (how === 'on-top' && trigger.viewId === undefined) {
      throw new ApiError('invalid_arguments', ['[ERROR] invalid `trigger_id`']);
    }
    const view = openView(sim.world, trigger.user, body, how);
    trigger.used = true;
    return { view: viewJson(sim.world, view) };
  };
}

function update({ world }: Sim, args: Args): Obj {
  const body = readView(args);
  const id = args.text('view_id');
  const external = args.text('external_id');
  if (!id && !external) {
    throw new ApiError('invalid_arguments', ['[ERROR] missing required field: view_id']);
  }
  const view = [...world.views.values()].find(known =>
    id ? known.id === id : known.body.external_id === external,
  );
  if (!view) throw new ApiError('not_found');
  const hash = args.text('hash');
  if (hash && hash !== view.hash) throw new ApiError('hash_conflict');
  updateView(world, view, body);
  return { view: viewJson(world, view) };
}

function publish({ world }: Sim, args: Args): Obj {
  const user = args.need('user_id');
  if (!world.users.has(user)) throw new ApiError('invalid_arguments', ['[ERROR] invalid `user_id`']);
  const view = publishHome(world, user, readView(args), args.text('hash'));
  return { view: viewJson(world, view) };
}

/** views.* */
export const viewMethods: Readonly<Record<string, Method>> = {
  'views.open': { scopes: [], tier: 4, token: 'bot', run: opening('alone') },
  'views.push': { scopes: [], tier: 4, token: 'bot', run: opening('on-top') },
  'views.update': { scopes: [], tier: 4, token: 'bot', run: update },
  'views.publish': { scopes: [], tier: 4, token: 'bot', run: publish },
};
