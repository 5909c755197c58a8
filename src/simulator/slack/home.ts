/** The app's own page. It is shown among the places, with its content as one message. */
import type { PlaceView } from '../model.ts';
import { buttonsOf, namesOf, seeBlocks } from './blocks.ts';
import { asList } from './json.ts';
import { viewJson } from './payloads.ts';
import type { Sim } from './sim.ts';
import type { User, World } from './world.ts';

/** The id of somebody's page as a place. */
export function homeId(user: string): string {
  return `home-${user}`;
}

/** Opens the page: the app is told, each time (https://docs.slack.dev/reference/events/app_home_opened). */
export function openHome({ world, desk }: Sim, user: User): void {
  const view = world.homes.get(user.id);
  const at = world.ts();
  desk.event({
    type: 'app_home_opened',
    user: user.id,
    channel: world.directOf(user.id)?.id ?? '',
    tab: 'home',
    ...(view ? { view: viewJson(world, view) } : {}),
    event_ts: at,
  });
}

/** The page as its person sees it. */
export function homePlace(world: World, user: User): PlaceView {
  const view = world.homes.get(user.id);
  const blocks = asList(view?.body.blocks);
  const seen = seeBlocks(blocks, namesOf(world));
  const content = {
    id: `${homeId(user.id)}-view`,
    author: world.app.botName,
    bot: true,
    text: seen.text,
    html: seen.html,
    buttons: buttonsOf(blocks),
    reactions: [],
    ephemeral: false,
    edited: false,
    at: view ? Number(view.hash.split('.')[0]) * 1000 : 0,
  };
  const common = { tags: [], archived: false, canType: false };
  return { ...common, id: homeId(user.id), title: 'Home', kind: 'channel', messages: view ? [content] : [] };
}
