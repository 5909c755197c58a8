import { filesOf } from './api.js';
import { h } from './dom.js';

let made = 0;

/** The form, or the notice, that is open in front of the person. What is typed stays while the same form is open. */
export class Form {
  #act;
  #modal = null;
  #fields = new Map();
  #title;
  #text = h('div', { className: 'form-text' });
  #list = h('div', { className: 'fields' });
  #close = h('button', { type: 'button', className: 'act plain', onclick: () => this.#act('dismisses') });
  #submit = h('button', { type: 'submit', className: 'act primary' });
  #returnTo = null;

  constructor(act) {
    this.#act = act;
    made += 1;
    this.#title = h('h3', { id: `form-${made}` });
    const dialog = h(
      'form',
      {
        className: 'dialog',
        role: 'dialog',
        'aria-modal': 'true',
        'aria-labelledby': this.#title.id,
        noValidate: true,
        onsubmit: event => {
          event.preventDefault();
          this.#send();
        },
        onkeydown: event => {
          if (event.key === 'Escape') this.#act('dismisses');
          if (event.key === 'Tab') keepInside(event, dialog);
        },
      },
      this.#title,
      h('div', { className: 'form-body' }, this.#text, this.#list),
      h('footer', {}, this.#close, this.#submit),
    );
    this.root = h('div', { className: 'veil', hidden: true }, dialog);
  }

  render(modal) {
    const opened = modal !== null && modal.id !== this.#modal?.id;
    const closed = modal === null && this.#modal !== null;
    if (opened || closed) this.#fields.clear();
    if (opened && this.#modal === null) this.#returnTo = document.activeElement;
    this.#modal = modal;
    this.root.hidden = modal === null;
    if (closed) this.#returnTo?.focus?.({ preventScroll: true });
    if (modal === null) return;
    this.#title.textContent = modal.title;
    this.#text.replaceChildren(...this.#words(modal.text));
    this.#close.textContent = modal.close;
    this.#submit.hidden = modal.submit === undefined;
    this.#submit.textContent = modal.submit ?? '';
    const rows = modal.fields.map(field => this.#row(field));
    if (
      rows.length !== this.#list.childElementCount ||
      rows.some((row, at) => this.#list.children[at] !== row)
    )
      this.#list.replaceChildren(...rows);
    if (opened)
      (rows[0]?.querySelector('input, textarea, select') ?? this.#close).focus({ preventScroll: true });
  }

  /** Buttons inside a window stand in its text as `[Label]` on lines of their own. */
  #words(text) {
    return text
      .split('\n')
      .filter(line => line !== '')
      .map(line => {
        const label = /^\[(.+)\]$/.exec(line)?.[1];
        if (label === undefined) return h('p', {}, line);
        return h(
          'button',
          { type: 'button', className: 'act plain', onclick: () => this.#act('presses', { label }) },
          label,
        );
      });
  }

  #row(field) {
    const kept = this.#fields.get(field.id);
    const shape = JSON.stringify([
      field.kind,
      field.label,
      field.hint,
      field.options,
      field.required,
      field.placeholder,
    ]);
    const row = kept?.shape === shape ? kept : this.#makeRow(field, shape, kept);
    if (field.kind === 'files') row.chosen.textContent = field.value;
    else if (!row.touched && document.activeElement !== row.input) row.input.value = field.value;
    row.server = field.kind === 'files' ? row.input.value : field.value;
    row.error.textContent = field.error ?? '';
    row.error.hidden = field.error === undefined;
    row.input.setAttribute('aria-invalid', String(field.error !== undefined));
    this.#fields.set(field.id, row);
    return row.element;
  }

  #makeRow(field, shape, kept) {
    made += 1;
    const id = `field-${made}`;
    const input = control(field, id);
    if (kept?.touched && field.kind !== 'files') input.value = kept.input.value;
    const row = { shape, input, touched: kept?.touched ?? false, server: field.value };
    const label = h(
      'label',
      { htmlFor: id },
      field.label,
      !field.required && h('span', { className: 'optional' }, ' (optional)'),
    );
    const hint = h('small', { id: `${id}-hint`, className: 'hint', hidden: field.hint === '' }, field.hint);
    row.error = h('div', { id: `${id}-error`, className: 'error', role: 'alert', hidden: true });
    input.setAttribute('aria-describedby', `${id}-hint ${id}-error`);
    input.addEventListener('input', () => {
      row.touched = true;
    });
    if (field.kind === 'select')
      input.addEventListener('change', () => {
        row.touched = false;
        this.#act('fills', { values: { [field.id]: input.value } });
      });
    if (field.kind === 'files')
      input.addEventListener('change', async () =>
        this.#act('attaches', { files: await filesOf(input), label: field.id }),
      );
    row.chosen = h('small', { className: 'hint' });
    row.element = h('div', { className: 'field' }, label, hint, input, row.chosen, row.error);
    return row;
  }

  async #send() {
    const changed = [...this.#fields].filter(([id]) => this.#modal.fields.some(field => field.id === id));
    const values = Object.fromEntries(
      changed
        .filter(([, row]) => row.input.type !== 'file' && row.input.value !== row.server)
        .map(([id, row]) => [id, row.input.value]),
    );
    this.#submit.disabled = true;
    await this.#act('submits', { values });
    this.#submit.disabled = false;
    for (const [, row] of this.#fields) if (row.input.value === row.server) row.touched = false;
    this.#list.querySelector('[aria-invalid="true"]')?.focus();
  }
}

function control(field, id) {
  const common = { id, 'aria-required': field.required ? 'true' : undefined };
  if (field.kind === 'select') {
    const blank =
      (!field.required || field.value === '') && h('option', { value: '' }, field.placeholder || '–');
    const options = field.options.map(({ value, label }) => h('option', { value }, label));
    const select = h('select', common, blank, ...options);
    select.value = field.value;
    return select;
  }
  if (field.kind === 'files') return h('input', { ...common, type: 'file', multiple: true });
  const typed = { ...common, placeholder: field.placeholder, value: field.value, autocomplete: 'off' };
  return field.kind === 'multiline'
    ? h('textarea', { ...typed, rows: 3 })
    : h('input', { ...typed, type: 'text' });
}

/** Tab goes around inside an open form. */
function keepInside(event, dialog) {
  const all = [...dialog.querySelectorAll('input, textarea, select, button')].filter(
    one => !one.hidden && !one.disabled,
  );
  const edge = event.shiftKey ? all[0] : all.at(-1);
  if (document.activeElement !== edge) return;
  event.preventDefault();
  (event.shiftKey ? all.at(-1) : all[0])?.focus();
}
