import { h, refill } from './dom.js';
import { unread } from './store.js';

/** How many threads or posts are listed beneath their place: the newest. */
const LISTED = 14;

const HEADINGS = {
  slack: { channel: 'Channels', dm: 'Apps', forum: 'Forums' },
  discord: { channel: 'Text channels', dm: 'Direct messages', forum: 'Forums' },
  telegram: { channel: 'Groups', dm: 'Chats', forum: 'Groups' },
  mail: { channel: 'Lists', dm: 'Mail', forum: 'Mail' },
};
const WORKSPACE = {
  slack: 'Switchdesk Demo',
  discord: 'Northwind Hosting',
  telegram: 'Telegram',
  mail: 'Mail',
};

/** Slack shows the app's own page with the app. */
function kindOf({ platform }, { kind, title }) {
  return platform === 'slack' && title === 'Home' ? 'dm' : kind;
}

/** The list of places: channels, direct chats, forums, with their threads and posts beneath. */
export class Side {
  #act;

  constructor(act) {
    this.#act = act;
    this.root = h('nav', { className: 'side', 'aria-label': 'Places' });
  }

  render(screen, pane) {
    const tops = screen.places.filter(({ parent }) => parent === undefined);
    this.root.hidden =
      screen.platform === 'mail' || (screen.platform === 'telegram' && screen.places.length < 2);
    const order = pane === 'desk' ? ['forum', 'channel', 'dm'] : ['channel', 'forum', 'dm'];
    const rows = order.flatMap(kind =>
      this.#group(
        screen,
        kind,
        tops.filter(place => kindOf(screen, place) === kind),
      ),
    );
    const key = JSON.stringify([screen.person, rows.map(({ key }) => key)]);
    refill(this.root, key, () => [
      h('div', { className: 'workspace' }, WORKSPACE[screen.platform]),
      ...rows.map(({ make }) => make()),
    ]);
  }

  #group(screen, kind, places) {
    if (places.length === 0) return [];
    const title = HEADINGS[screen.platform][kind];
    const head = { key: title, make: () => h('h3', {}, title) };
    return [head, ...places.flatMap(place => this.#branch(screen, place))];
  }

  #branch(screen, place) {
    const inside = screen.places.filter(
      ({ parent, archived, id }) => parent === place.id && (!archived || id === screen.current),
    );
    const newest = inside.slice(-LISTED).reverse();
    return [this.#row(screen, place, ''), ...newest.map(one => this.#row(screen, one, 'under'))];
  }

  #row(screen, place, depth) {
    const count = place.id === screen.current ? 0 : unread(screen, place);
    const here = place.id === screen.current;
    const title = place.title.replace(/^#(?=\D)/, '');
    const make = () =>
      h(
        'button',
        {
          type: 'button',
          className: `place ${kindOf(screen, place)} ${depth} ${count > 0 ? 'fresh' : ''}`,
          'aria-current': here ? 'page' : undefined,
          title: place.title,
          onclick: () => this.#act('goes', { where: place.id }),
        },
        h('span', { className: 'name' }, title),
        count > 0 && h('span', { className: 'badge', 'aria-label': `${count} new` }, String(count)),
      );
    return { key: [place.id, title, count, here, depth], make };
  }
}
