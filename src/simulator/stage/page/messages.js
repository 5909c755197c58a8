import { clock, h, initials, markup, tone } from './dom.js';
import { toolsOf } from './tools.js';

/** Messages of one author within this time, in ms, stand under one name. */
const TOGETHER_MS = 5 * 60_000;
/** Nearer to the end than this, in pixels, the reader follows new messages. */
const NEAR_END = 80;

const EMPTY = {
  slack: 'Nothing here yet. Type /ticket to open a ticket.',
  discord: 'Nothing here yet. Type /ticket open to open a ticket.',
  telegram: 'Nothing here yet. Send /ticket to open a ticket.',
  mail: 'Nothing here.',
};

/** The list of messages of one place. A message that did not change keeps its element. */
export class Messages {
  #does;
  #rows = new Map();
  #shown = '';

  constructor(does) {
    this.#does = does;
    this.root = h('div', { className: 'messages', role: 'log', 'aria-live': 'polite', tabIndex: 0 });
  }

  /** Shows something else than messages. */
  replace({ key, make }) {
    if (this.#shown === key) return;
    this.#shown = key;
    this.#rows.clear();
    this.root.replaceChildren(make());
  }

  render(screen, place, spec) {
    const shown = `${screen.person}/${place.id}`;
    const moved = this.#shown !== shown;
    if (moved) this.#rows.clear();
    this.#shown = shown;
    this.root.setAttribute('aria-label', `Messages in ${place.title}`);
    const { scrollTop, scrollHeight, clientHeight } = this.root;
    const follows = moved || scrollHeight - scrollTop - clientHeight < NEAR_END;
    const rows = place.messages.map((message, index) => {
      const before = place.messages[index - 1];
      const under =
        before?.author === message.author &&
        before.bot === message.bot &&
        message.at - before.at < TOGETHER_MS;
      return this.#row(screen, place, message, under, spec);
    });
    const ids = new Set(place.messages.map(({ id }) => id));
    for (const id of this.#rows.keys()) if (!ids.has(id)) this.#rows.delete(id);
    const wanted = rows.length > 0 ? rows : [h('p', { className: 'empty' }, EMPTY[screen.platform])];
    if (moved || !same(this.root.children, wanted)) this.root.replaceChildren(...wanted);
    if (follows) this.root.scrollTop = this.root.scrollHeight;
  }

  #row(screen, place, message, under, spec) {
    const replies = screen.places.find(({ id }) => id === message.thread)?.messages.length;
    const key = JSON.stringify([message, under, replies]);
    const kept = this.#rows.get(message.id);
    if (kept?.key === key) return kept.element;
    const element = this.#make(screen, place, message, under, replies, spec);
    this.#rows.set(message.id, { key, element });
    return element;
  }

  #make(screen, place, message, under, replies, spec) {
    const mine = screen.platform === 'telegram' && !message.bot;
    const kind = [
      message.bot ? 'bot' : 'human',
      mine && 'mine',
      under && 'under',
      message.ephemeral && 'private',
    ];
    const body = h('div', { className: 'body' });
    body.append(markup(message.html || ''));
    if (message.html === '') body.textContent = message.text;
    if (message.accent) body.style.setProperty('--accent', message.accent);
    return h(
      'article',
      {
        className: `message ${kind.filter(Boolean).join(' ')}`,
        'aria-label': `${message.author}, ${clock(message.at)}`,
      },
      h(
        'span',
        {
          className: `avatar ${message.bot ? 'bot' : `tone-${tone(message.author)}`}`,
          'aria-hidden': 'true',
        },
        message.bot ? 'S' : initials(message.author),
      ),
      h(
        'div',
        { className: 'content' },
        message.ephemeral && h('div', { className: 'only-you' }, 'Only you can see this'),
        h(
          'div',
          { className: 'byline' },
          h('strong', {}, message.author),
          message.bot && h('span', { className: 'app' }, 'APP'),
          h('time', {}, clock(message.at)),
        ),
        h(
          'div',
          { className: 'bubble' },
          body,
          message.edited && h('small', { className: 'edited' }, '(edited)'),
          h('time', { className: 'stamp' }, clock(message.at)),
        ),
        ...pictures(message),
        files(message),
        message.buttons.length > 0 && this.#buttons(message, place),
        message.reactions.length > 0 &&
          h(
            'div',
            { className: 'reactions' },
            ...message.reactions.map(({ emoji, count }) =>
              h('span', { className: 'reaction' }, `${emoji} `, h('b', {}, String(count))),
            ),
          ),
        message.thread !== undefined && !spec.thread && this.#threadLink(message, replies),
      ),
      !message.ephemeral &&
        place.canType &&
        screen.platform !== 'mail' &&
        toolsOf(screen, message, spec, this.#does),
    );
  }

  #buttons(message, place) {
    return h(
      'div',
      { className: 'buttons' },
      ...message.buttons.map(button =>
        h(
          'button',
          {
            type: 'button',
            className: `act ${button.style}`,
            disabled: button.disabled,
            onclick: async ({ currentTarget }) => {
              currentTarget.disabled = true;
              await this.#does.press(button, place);
              currentTarget.disabled = button.disabled;
            },
          },
          button.label,
        ),
      ),
    );
  }

  #threadLink({ thread }, replies = 1) {
    const count = Math.max(0, replies - 1);
    const label = `${count} ${count === 1 ? 'reply' : 'replies'}`;
    return h(
      'button',
      { type: 'button', className: 'replies', onclick: () => this.#does.open(thread) },
      label,
    );
  }
}

const PICTURE = /\.(?:png|jpe?g|gif|webp)$/i;

const isShown = ({ name, url }) => url !== '' && PICTURE.test(name);

/** Pictures are shown, and open in a window of their own. */
function pictures({ files = [] }) {
  return files
    .filter(isShown)
    .map(({ name, url, alt }) =>
      h(
        'a',
        { className: 'picture', href: url, target: '_blank', rel: 'noopener noreferrer' },
        h('img', { src: url, alt: alt ?? name, title: alt ?? name }),
      ),
    );
}

function files(message) {
  const others = (message.files ?? []).filter(one => !isShown(one));
  if (others.length === 0) return undefined;
  const row = ({ name, size }) => h('li', {}, `📎 ${name} `, h('small', {}, sizeOf(size)));
  return h('ul', { className: 'files', 'aria-label': 'Files' }, ...others.map(row));
}

function sizeOf(bytes) {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function same(children, wanted) {
  return children.length === wanted.length && wanted.every((element, index) => children[index] === element);
}
