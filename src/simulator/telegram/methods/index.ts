import { chats } from './chats.ts';
import type { Method } from './context.ts';
import { editing } from './editing.ts';
import { profile } from './profile.ts';
import { reacting } from './reacting.ts';
import { receiving } from './receiving.ts';
import { sending } from './sending.ts';
import { topics } from './topics.ts';

/** Every method the pretender answers, by its real name. */
export const METHODS: Readonly<Record<string, Method>> = {
  ...receiving,
  ...sending,
  ...editing,
  ...reacting,
  ...profile,
  ...chats,
  ...topics,
};

const BY_LOWER = new Map(Object.entries(METHODS).map(([name, run]) => [name.toLowerCase(), { name, run }]));

/** Finds a method; the platform does not care about the case of its name. */
export function findMethod(name: string): { readonly name: string; readonly run: Method } | undefined {
  return BY_LOWER.get(name.toLowerCase());
}
