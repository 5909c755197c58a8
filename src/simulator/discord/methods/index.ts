import { channelRoutes } from './channels.ts';
import { commandRoutes } from './commands.ts';
import { guildRoutes } from './guilds.ts';
import { interactionRoutes } from './interactions.ts';
import { messageRoutes } from './messages.ts';
import { reactionRoutes } from './reactions.ts';
import type { Route } from './route.ts';
import { selfRoutes } from './self.ts';
import { threadRoutes } from './threads.ts';

export type { Answer, Call, Route } from './route.ts';

/** Every method that the pretender answers. */
export const routes: readonly Route[] = [
  ...selfRoutes,
  ...guildRoutes,
  ...channelRoutes,
  ...messageRoutes,
  ...reactionRoutes,
  ...threadRoutes,
  ...interactionRoutes,
  ...commandRoutes,
];

interface Compiled {
  readonly route: Route;
  readonly steps: readonly string[];
}

const compiled: readonly Compiled[] = routes
  .map(route => ({ route, steps: route.path.split('/').slice(1) }))
  .sort((a, b) => a.route.path.split('{').length - b.route.path.split('{').length);

/** The route of a path and its parameters; literal steps win over parameters. `null` when no method has the path, `'verb'` when only the verb is wrong. */
export function matchRoute(
  verb: string,
  path: string,
): { route: Route; params: Record<string, string> } | 'verb' | null {
  let pathKnown = false;
  const parts = path.split('/').slice(1).map(decode);
  for (const { route, steps } of compiled) {
    if (steps.length !== parts.length) continue;
    const params: Record<string, string> = {};
    const fits = steps.every((step, index) => {
      const part = parts[index] ?? '';
      if (!step.startsWith('{')) return step === part;
      params[step.slice(1, -1)] = part;
      return part !== '';
    });
    if (!fits) continue;
    if (route.verb === verb) return { route, params };
    pathKnown = true;
  }
  return pathKnown ? 'verb' : null;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
