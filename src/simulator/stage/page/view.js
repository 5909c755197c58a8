import { choicesFor } from './api.js';
import { Composer } from './composer.js';
import { h, refill } from './dom.js';
import { posts } from './forum.js';
import { Messages } from './messages.js';
import { tagTone } from './tags.js';

/** One place: its name, its messages, and where one types. */
export class View {
  #act;
  #spec;
  #head = h('header', { className: 'view-head' });
  #messages;
  #composer;
  #screen;
  #place;

  constructor(act, spec) {
    this.#act = act;
    this.#spec = spec;
    this.#messages = new Messages({
      press: (button, place) => this.#press(button, place),
      reply: message => this.#reply(message),
      edit: message => this.#composer.edit(message),
      remove: message => this.#act('deletes', { message: message.id }),
      react: (message, emoji) => this.#act('reacts', { message: message.id, emoji, on: true }),
      open: where => this.#act('goes', { where }),
    });
    this.#composer = new Composer(
      (text, about) => this.#say(text, about),
      text => choicesFor(this.#screen.platform, this.#screen.person, text, this.#place.id),
    );
    this.root = h(
      'div',
      { className: spec.thread ? 'view thread-view' : 'view' },
      this.#head,
      this.#messages.root,
      this.#composer.root,
    );
  }

  render(screen, place, parent) {
    this.#screen = screen;
    this.#place = place;
    const key = JSON.stringify([screen.person, place.id, place.title, place.tags, place.archived]);
    refill(this.#head, key, () => this.#title(screen, place, parent));
    if (place.kind === 'forum')
      this.#messages.replace(posts(screen, place, where => this.#act('goes', { where })));
    else this.#messages.render(screen, place, this.#spec);
    this.#composer.render(screen, place, this.#spec);
  }

  #title(screen, place, parent) {
    const up = parent ?? screen.places.find(({ id }) => id === place.parent);
    const leave = up && (() => this.#act('goes', { where: up.id }));
    const name = this.#spec.thread ? 'Thread' : place.title;
    const label = up && `Back to ${up.title}`;
    return [
      up &&
        h(
          'button',
          { type: 'button', className: 'back', 'aria-label': label, title: label, onclick: leave },
          '‹',
        ),
      screen.platform === 'telegram' && h('span', { className: 'avatar bot', 'aria-hidden': 'true' }, 'S'),
      h(
        'div',
        { className: 'title' },
        h('h3', {}, name),
        this.#spec.thread && h('small', {}, up?.title ?? ''),
        screen.platform === 'telegram' && h('small', {}, 'bot'),
      ),
      place.tags.length > 0 &&
        h(
          'ul',
          { className: 'tags', 'aria-label': 'Tags' },
          ...place.tags.map(tag => h('li', { className: `tag ${tagTone(tag)}` }, tag)),
        ),
    ];
  }

  #press(button, place) {
    // Discord takes a button by its id as well, so that of two with one label the right one is meant.
    const label = this.#screen.platform === 'discord' ? button.id : button.label;
    return this.#act('presses', { label, where: place.id });
  }

  #reply(message) {
    if (message.thread !== undefined) this.#act('goes', { where: message.thread });
    else this.#composer.replyTo(message);
  }

  #say(text, { replyTo, edits, files }) {
    if (edits !== undefined) return this.#act('edits', { message: edits, text });
    if (files.length > 0) return this.#act('says', { text, where: this.#place.id, files });
    if (replyTo !== undefined) return this.#act('repliesTo', { message: replyTo, text });
    return this.#act('says', { text, where: this.#place.id });
  }
}
