import { ApiError } from './args.ts';
import type { Message, ResponseUrl, Trigger, World } from './world.ts';

// "trigger_ids expire in 3 seconds": https://docs.slack.dev/interactivity/handling-user-interaction#modal_responses
const TRIGGER_MS = 3000;

/** A new permission to open a modal for this user, from a message, a command or an open modal. */
export function newTrigger(world: World, user: string, viewId?: string): Trigger {
  const id = `${10_000_000_000_000 + world.next()}.${20_000_000_000_000 + world.next()}.${world.hex(32)}`;
  const trigger: Trigger = {
    id,
    user,
    at: world.clock.now(),
    used: false,
    ...(viewId === undefined ? {} : { viewId }),
  };
  world.triggers.set(id, trigger);
  return trigger;
}

/** Looks at a permission. Throws the platform's error for an unknown, a used or a late one. */
export function checkTrigger(world: World, id: string): Trigger {
  const trigger = world.triggers.get(id);
  if (!trigger) throw new ApiError('invalid_arguments', ['[ERROR] invalid `trigger_id`']);
  if (trigger.used) throw new ApiError('exchanged_trigger_id');
  if (world.clock.now() - trigger.at > TRIGGER_MS) throw new ApiError('expired_trigger_id');
  return trigger;
}

/** A new URL for answers to one interaction. */
export function newResponseUrl(
  world: World,
  kind: 'commands' | 'actions',
  channel: string,
  user: string,
  origin?: Message,
): ResponseUrl {
  const path = `/${kind}/${world.app.teamId}/${10_000_000_000_000 + world.next()}/${world.hex(24)}`;
  const url: ResponseUrl = {
    path,
    channel,
    user,
    at: world.clock.now(),
    uses: 0,
    ...(origin ? { messageTs: origin.ts } : {}),
  };
  world.responseUrls.set(path, url);
  return url;
}
