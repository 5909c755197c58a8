/** What a person sees and presses: the button in the corner, and the panel above it. */
import type { AnswerFrame, FormFrame, Greeting, LineFrame } from '../protocol.ts';
import { ICONS, icon, make, newKey } from './dom.ts';
import { createPicked, type Picked, takeDropped } from './files.ts';
import { formOf } from './form.ts';
import { actsOf, elementsOf, type LineParts, lineOf } from './line.ts';

/** What the panel asks of what is behind it. */
export interface PanelParts {
  readonly greeting: Greeting;
  say(text: string, files: File[]): void;
  press(
    action: string,
    of: { ref?: number; values?: Record<string, string> },
  ): Promise<AnswerFrame | undefined>;
  submit(page: string, draft: string, values: Record<string, string>): Promise<AnswerFrame | undefined>;
  again(key: string): void;
  opened(): void;
}

/** What stands in the panel, by where it comes in it. */
export interface Own {
  readonly key: string;
  readonly text: string;
  readonly files: readonly string[];
  readonly at: number;
  readonly state: 'sending' | 'not-sent';
}

/** A line at the end counts as seen by whoever is so near to it, in pixels. */
const NEAR = 80;
/** That somebody writes is shown for so many ms after the desk has said so last. */
const WRITING_MS = 10_000;

/** The panel as the rest of the bubble knows it. */
export class Panel {
  readonly #parts: PanelParts;
  readonly #view: ReturnType<typeof build>;
  readonly #picked: Picked;
  #written: ReturnType<typeof setTimeout> | undefined;
  readonly #lines = new Map<string, { readonly element: HTMLElement; readonly at: number }>();

  constructor(parts: PanelParts) {
    this.#parts = parts;
    const { greeting } = parts;
    this.#view = build(greeting);
    this.#picked = createPicked(greeting, text => this.status(text));
    const { root, panel, write, drop, title, promise } = this.#view;
    write.prepend(this.#picked.element);
    takeDropped(panel, drop, files => this.#picked.add(files));
    title.textContent = `${greeting.words.title} · ${greeting.name}`;
    promise.textContent = greeting.promise;
    root.lang = greeting.lang;
    this.#hear();
  }

  get element(): HTMLElement {
    return this.#view.root;
  }

  get isOpen(): boolean {
    return !this.#view.panel.hidden;
  }

  /** A line is new, or another than before. */
  show(line: LineFrame): void {
    const { greeting } = this.#parts;
    const element = lineOf(line, this.#around);
    if (line.key === undefined) this.status('');
    else {
      this.dropOwn(line.key);
      element.append(make('div', { class: 'state done' }, greeting.words.delivered));
    }
    this.#put(`line:${line.ref}`, line.at + line.ref / 1e6, element);
  }

  /** Something written that is on its way, or did not go. */
  showOwn({ key, text, files, at, state }: Own): void {
    const { words } = this.#parts.greeting;
    const pieces = text === '' ? [] : [text];
    const frame: LineFrame = {
      t: 'line',
      ref: 0,
      seq: 0,
      key,
      at,
      pieces,
      ...(files.length > 0 && { files }),
    };
    const element = lineOf(frame, this.#around);
    element.append(make('div', { class: state === 'not-sent' ? 'state bad' : 'state' }, words[state]));
    if (state === 'not-sent') {
      const again = make('button', { type: 'button', class: 'act' }, words.retry);
      again.addEventListener('click', () => this.#parts.again(key));
      element.append(make('div', { class: 'acts' }, again));
    }
    this.#put(`own:${key}`, Math.max(at, Date.now()), element);
  }

  dropOwn(key: string): void {
    this.#lines.get(`own:${key}`)?.element.remove();
    this.#lines.delete(`own:${key}`);
  }

  status(text: string): void {
    this.#view.status.textContent = text;
  }

  /** Whether somebody of the team writes at this moment. */
  writing(is: boolean): void {
    clearTimeout(this.#written);
    const { writing } = this.#view;
    const text = is ? this.#parts.greeting.words.writing : '';
    if (writing.textContent !== text) writing.textContent = text;
    if (is) this.#written = setTimeout(() => this.writing(false), WRITING_MS);
  }

  unread(count: number): void {
    const { badge, opener } = this.#view;
    const { words } = this.#parts.greeting;
    badge.hidden = count === 0;
    badge.textContent = String(Math.min(count, 99));
    opener.setAttribute('aria-label', count === 0 ? words.open : `${words.open}: ${words.new} (${count})`);
  }

  clear(): void {
    for (const { element } of this.#lines.values()) element.remove();
    this.#lines.clear();
    this.writing(false);
  }

  /** Somebody else is here now: what was typed, picked and asked for goes. */
  empty(): void {
    const { text } = this.#view;
    text.value = '';
    this.#picked.take();
    this.#closeForm();
    this.status('');
  }

  /** Says something in the chat itself, where it stays. */
  note(...content: readonly (Node | string)[]): HTMLElement {
    const note = make('div', { class: 'line auto' }, make('div', { class: 'body' }, ...content));
    this.#put(`note:${newKey()}`, Date.now(), note);
    this.#toEnd();
    return note;
  }

  open(): void {
    const { panel, opener, text } = this.#view;
    panel.hidden = false;
    opener.setAttribute('aria-expanded', 'true');
    this.#toEnd();
    text.focus();
    this.#parts.opened();
  }

  close(): void {
    const { panel, opener } = this.#view;
    panel.hidden = true;
    opener.setAttribute('aria-expanded', 'false');
    opener.focus();
  }

  #hear(): void {
    const { opener, closer, panel, write, text, attach, pick } = this.#view;
    opener.addEventListener('click', () => (this.isOpen ? this.close() : this.open()));
    closer.addEventListener('click', () => this.close());
    panel.addEventListener('keydown', event => {
      if (event.key === 'Escape') this.close();
    });
    write.addEventListener('submit', event => {
      event.preventDefault();
      this.#send();
    });
    text.addEventListener('keydown', event => {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#send();
    });
    attach.addEventListener('click', () => pick.click());
    pick.addEventListener('change', () => {
      this.#picked.add(pick.files ?? []);
      pick.value = '';
    });
  }

  get #around(): LineParts {
    return { greeting: this.#parts.greeting, press: (action, ref) => this.#press(action, { ref }) };
  }

  #toEnd(): void {
    this.#view.log.scrollTop = this.#view.log.scrollHeight;
  }

  /** Puts an element where its time belongs, and keeps who reads the end at the end. */
  #put(id: string, at: number, element: HTMLElement): void {
    const { log } = this.#view;
    const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR;
    this.#lines.get(id)?.element.remove();
    this.#lines.set(id, { element, at });
    const next = [...this.#lines.values()].filter(one => one.at > at).sort((a, b) => a.at - b.at)[0];
    log.insertBefore(element, next?.element ?? null);
    if (atEnd) this.#toEnd();
  }

  async #press(action: string, of: { ref?: number; values?: Record<string, string> } = {}): Promise<void> {
    this.#answer(await this.#parts.press(action, of));
  }

  #answer(answer: AnswerFrame | undefined): void {
    if (answer === undefined || answer.show === 'nothing') return;
    this.#closeForm();
    if (answer.show === 'form') return void this.#ask(answer.form);
    const note = this.note(...elementsOf(answer.pieces));
    if (answer.buttons.length === 0) return;
    note.append(actsOf(answer.buttons, action => this.#press(action)));
    this.#toEnd();
  }

  #closeForm(): void {
    this.#view.panel.querySelector('.ask')?.remove();
    this.#view.write.hidden = false;
  }

  #ask(form: FormFrame): void {
    const { panel, write, text } = this.#view;
    const { element, first } = formOf(form, {
      words: this.#parts.greeting.words,
      submit: async ({ page, draft }, values) => this.#answer(await this.#parts.submit(page, draft, values)),
      reshape: ({ page, draft }, values) =>
        this.#press(page === 'details' ? `details:${draft}` : 'reshape', { values }),
      close: () => {
        element.remove();
        write.hidden = false;
        text.focus();
      },
    });
    panel.insertBefore(element, write);
    write.hidden = true;
    first.focus();
  }

  #send(): void {
    const { text } = this.#view;
    const { words, most } = this.#parts.greeting;
    const said = text.value.trim();
    if (said === '' && this.#picked.isEmpty) return;
    if (said.length > most.text) return void this.status(words['too-long']);
    this.status('');
    text.value = '';
    this.#parts.say(said, this.#picked.take());
    this.#toEnd();
  }
}

function build({ words, name }: Greeting) {
  const badge = make('span', { class: 'badge', hidden: true });
  const opener = make(
    'button',
    {
      type: 'button',
      class: 'open',
      'aria-label': words.open,
      'aria-expanded': 'false',
      'aria-controls': 'panel',
    },
    icon(ICONS.chat),
    badge,
  );
  const closer = make(
    'button',
    { type: 'button', class: 'bare', 'aria-label': words.close },
    icon(ICONS.close),
  );
  const title = make('h2', { id: 'title' });
  const promise = make('p');
  const intro = make(
    'div',
    { class: 'line auto' },
    make('div', { class: 'who' }, name),
    make('div', { class: 'body' }, words.intro),
  );
  const log = make(
    'div',
    { class: 'log', role: 'log', 'aria-live': 'polite', 'aria-label': words.title, tabindex: '0' },
    intro,
  );
  const writing = make('div', { class: 'status', role: 'status' });
  const status = make('div', { class: 'status', role: 'status' });
  const text = make('textarea', { id: 'text', rows: '1', placeholder: words.write });
  const pick = make('input', {
    type: 'file',
    multiple: true,
    hidden: true,
    tabindex: '-1',
    'aria-label': words.attach,
  });
  const attach = make(
    'button',
    { type: 'button', class: 'bare', 'aria-label': words.attach },
    icon(ICONS.clip),
  );
  const send = make('button', { class: 'bare', 'aria-label': words.send }, icon(ICONS.send));
  const write = make(
    'form',
    { class: 'write' },
    make('label', { for: 'text', class: 'sr' }, words.write),
    attach,
    pick,
    text,
    send,
  );
  const drop = make('div', { class: 'drop', hidden: true }, words['drop-here']);
  const header = make('header', {}, make('div', {}, title, promise), closer);
  const panel = make(
    'section',
    { id: 'panel', class: 'panel', role: 'dialog', 'aria-labelledby': 'title', hidden: true },
    header,
    log,
    writing,
    status,
    write,
    drop,
  );
  const root = make('div', {}, panel, opener);
  return {
    root,
    opener,
    badge,
    closer,
    title,
    promise,
    panel,
    log,
    writing,
    status,
    write,
    text,
    pick,
    attach,
    drop,
  };
}
