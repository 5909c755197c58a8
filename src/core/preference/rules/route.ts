import type { Destination, NotificationType, Route } from '../model.ts';
import { isRefusable, isTold } from './types.ts';

/** What is known of a contact's places. */
export interface Places {
  readonly roles: readonly string[];
  /** The addresses on file, then the chats: what the defaults are made of. */
  readonly known: readonly Destination[];
  /** What the contact chose, in order; undefined while nothing was chosen. */
  readonly chosen: readonly Destination[] | undefined;
}

/**
 * Where things of a type go. What was chosen, while something can go there; else, for what must arrive, the defaults too: the addresses on
 * file, then the linked chats, for those whose roles it is for.
 */
export function routeOf(type: NotificationType, { roles, known, chosen }: Places): Route {
  if (chosen === undefined) return { chosen: false, destinations: isTold(type, roles) ? known : [] };
  if (isRefusable(type) || chosen.some(isReady)) return { chosen: true, destinations: chosen };
  const rest = known.filter(one => !chosen.some(({ handleId }) => handleId === one.handleId));
  return { chosen: true, destinations: [...chosen, ...rest] };
}

/** Something that was meant for this very contact goes to the places that are known, whatever the roles say. */
export function directRoute(type: NotificationType, places: Places): Route {
  const route = routeOf(type, places);
  return route.chosen || route.destinations.length > 0 || isRefusable(type)
    ? route
    : { chosen: false, destinations: places.known };
}

/** Something can go there now. */
export function isReady({ state }: Destination): boolean {
  return state === 'ready';
}
