import { h } from './dom.js';

let made = 0;

/** So long after the last key the platform is asked what it offers, in ms. */
const PAUSE_MS = 200;
/** The word that is being typed, after its option's name where that is given. */
const LAST = /(?:\w+:)?([^\s:]*)$/;

/** The commands that fit what was typed so far, and behind a whole command what the platform offers for its next word. */
export class Suggestions {
  commands = [];
  #choose;
  #list = [];
  #at = 0;
  #ask;
  #timer;

  constructor(choose, ask) {
    this.#choose = choose;
    this.#ask = ask;
    made += 1;
    this.id = `commands-${made}`;
    this.root = h('ul', {
      className: 'commands',
      id: this.id,
      role: 'listbox',
      'aria-label': 'Commands',
      hidden: true,
    });
  }

  /** Shows what fits the input, or hides. */
  offer(input) {
    const text = input.value;
    const word = text.trimEnd();
    const fits = text.startsWith('/') && !text.includes('\n');
    const known = this.commands.some(({ name }) => name === word);
    this.#list = fits ? this.commands.filter(({ name }) => name.startsWith(word) && name !== word) : [];
    // A whole command is sent by Enter, even where a longer one begins with it.
    this.#at = known ? -1 : 0;
    this.#show(input);
    clearTimeout(this.#timer);
    if (fits && this.#list.length === 0 && this.#begun(text))
      this.#timer = setTimeout(() => this.#offerChoices(input, text), PAUSE_MS);
  }

  /** Whether a whole command stands before what is being typed. */
  #begun(text) {
    return this.commands.some(({ name }) => text.startsWith(`${name} `));
  }

  async #offerChoices(input, text) {
    const choices = await this.#ask(text);
    if (input.value !== text) return;
    const before = text.slice(0, text.length - (LAST.exec(text)?.[1].length ?? 0));
    this.#list = choices.map(({ name, value }) => ({ name, description: '', text: `${before}${value}` }));
    this.#at = 0;
    this.#show(input);
  }

  hide(input) {
    clearTimeout(this.#timer);
    this.#list = [];
    this.#show(input);
  }

  /** True when the key was for the list. */
  key(event, input) {
    if (this.#list.length === 0) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      const from = this.#at < 0 && step < 0 ? 0 : this.#at;
      this.#at = (from + step + this.#list.length) % this.#list.length;
      this.#show(input);
    } else if (event.key === 'Escape') {
      this.hide(input);
    } else if (this.#at >= 0 && (event.key === 'Tab' || event.key === 'Enter') && !event.shiftKey) {
      this.#take(this.#list[this.#at], input);
    } else {
      return false;
    }
    event.preventDefault();
    return true;
  }

  #take({ name, text = name }, input) {
    this.#choose(`${text} `);
    this.hide(input);
  }

  #show(input) {
    const open = this.#list.length > 0;
    this.root.hidden = !open;
    input.setAttribute('aria-expanded', String(open));
    if (open && this.#at >= 0) input.setAttribute('aria-activedescendant', `${this.id}-${this.#at}`);
    else input.removeAttribute('aria-activedescendant');
    this.root.replaceChildren(
      ...this.#list.map((command, index) =>
        h(
          'li',
          {
            id: `${this.id}-${index}`,
            role: 'option',
            'aria-selected': String(index === this.#at),
            onmousedown: event => {
              event.preventDefault();
              this.#take(command, input);
            },
          },
          h('b', {}, command.name),
          h('span', {}, command.description),
        ),
      ),
    );
  }
}
