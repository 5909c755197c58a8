import { filesOf } from './api.js';
import { h } from './dom.js';
import { Suggestions } from './suggestions.js';

/**
 * Where one types: Enter sends, Shift+Enter makes a line, `/` offers commands, 📎 adds files. What was typed stays with its
 * person and place.
 */
export class Composer {
  #send;
  #input;
  #suggestions;
  #replying = h('div', { className: 'replying', hidden: true });
  #replyTo;
  #edits;
  #files = h('input', { type: 'file', multiple: true, hidden: true, onchange: () => this.#picked() });
  #chosen = h('div', { className: 'replying', hidden: true });
  #drafts = new Map();
  #spot = '';

  /** @param choices what the platform offers for the word of a command that is being typed */
  constructor(send, choices) {
    this.#send = send;
    this.#suggestions = new Suggestions(text => this.#put(text), choices);
    this.#input = h('textarea', {
      rows: 1,
      autocomplete: 'off',
      spellcheck: false,
      role: 'combobox',
      'aria-autocomplete': 'list',
      'aria-expanded': 'false',
      'aria-controls': this.#suggestions.id,
      oninput: () => this.#typed(),
      onkeydown: event => this.#key(event),
      onblur: () => this.#suggestions.hide(this.#input),
    });
    const clip = h(
      'button',
      {
        type: 'button',
        className: 'clip',
        'aria-label': 'Add files',
        title: 'Add files',
        onclick: () => this.#files.click(),
      },
      '📎',
    );
    const button = h('button', { type: 'submit', className: 'send', 'aria-label': 'Send' }, '➤');
    this.root = h(
      'form',
      {
        className: 'composer',
        onsubmit: event => {
          event.preventDefault();
          this.#submit();
        },
      },
      this.#suggestions.root,
      this.#replying,
      this.#chosen,
      h('div', { className: 'entry' }, clip, this.#files, this.#input, button),
    );
  }

  render(screen, place, spec) {
    const spot = `${screen.person}/${place.id}`;
    if (spot !== this.#spot) {
      this.#drafts.set(this.#spot, this.#input.value);
      this.#spot = spot;
      this.#put(this.#drafts.get(spot) ?? '', false);
      this.replyTo(undefined);
    }
    const closed = !place.canType;
    this.root.hidden = closed && (place.kind === 'forum' || screen.platform === 'mail');
    this.#input.disabled = closed;
    const letter =
      place.kind === 'forum' ? 'Write a mail: its first line is the subject' : 'Answer this mail';
    const hint = screen.platform === 'mail' ? letter : spec.thread ? 'Reply…' : `Message ${place.title}`;
    this.#input.placeholder = closed ? 'Nobody can write here now' : (this.#hint(place, spec) ?? hint);
    this.#input.setAttribute('aria-label', hint);
    this.#suggestions.commands = screen.commands.map(({ name, description }) => ({
      name: name.startsWith('/') ? name : `/${name}`,
      description,
    }));
  }

  /** The next text answers this message. */
  replyTo(message) {
    this.#replyTo = message?.id;
    this.#edits = undefined;
    const words = message && ['Replying to ', h('b', {}, message.author), `: ${message.text.slice(0, 60)}`];
    this.#say(this.#replying, words, () => this.replyTo(undefined));
  }

  /** The next text takes the place of this message's. */
  edit(message) {
    this.replyTo(undefined);
    this.#edits = message.id;
    const leave = () => {
      this.replyTo(undefined);
      this.#put('');
    };
    this.#say(this.#replying, ['Editing: ', message.text.slice(0, 60)], leave);
    this.#put(message.text);
  }

  #picked() {
    const names = [...this.#files.files].map(({ name }) => name).join(', ');
    const drop = () => {
      this.#files.value = '';
      this.#picked();
    };
    this.#say(this.#chosen, names === '' ? undefined : [`📎 ${names}`], drop);
  }

  /** One line above the input, with a way to leave it; none hides it. */
  #say(line, words, leave) {
    line.hidden = words === undefined;
    if (words === undefined) return;
    const cancel = h('button', { type: 'button', 'aria-label': 'Never mind', onclick: leave }, '×');
    line.replaceChildren(h('span', {}, ...words), cancel);
    this.#input.focus();
  }

  #hint(place, spec) {
    return spec.role === 'staff' && place.kind === 'post'
      ? 'Reply to the customer; // begins a note'
      : undefined;
  }

  #put(text, focus = true) {
    this.#input.value = text;
    this.#grow();
    if (focus) this.#input.focus();
  }

  #typed() {
    this.#grow();
    this.#suggestions.offer(this.#input);
  }

  #grow() {
    this.#input.style.height = 'auto';
    this.#input.style.height = `${Math.min(this.#input.scrollHeight, 120)}px`;
  }

  #key(event) {
    if (this.#suggestions.key(event, this.#input)) return;
    if (event.key === 'Escape') this.replyTo(undefined);
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#submit();
  }

  async #submit() {
    const text = this.#input.value;
    if ((text.trim() === '' && this.#files.files.length === 0) || this.#input.disabled) return;
    this.#suggestions.hide(this.#input);
    const about = { replyTo: this.#replyTo, edits: this.#edits, files: await filesOf(this.#files) };
    this.#files.value = '';
    this.#picked();
    this.#put('');
    this.replyTo(undefined);
    const done = await this.#send(text.trim(), about);
    if (!done && this.#input.value === '') this.#put(text, false);
  }
}
