/** A form of the desk: its fields, what is wrong with them, and what becomes of it. */
import type { FieldFrame, FormFrame, Greeting } from '../protocol.ts';
import { make } from './dom.ts';

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** What a form asks of what is around it. */
export interface FormParts {
  readonly words: Greeting['words'];
  submit(form: FormFrame, values: Record<string, string>): Promise<void>;
  reshape(form: FormFrame, values: Record<string, string>): Promise<void>;
  close(): void;
}

let forms = 0;

/** The form as an element, and the control to begin with: the first that something is wrong with, else the first. */
export function formOf(
  form: FormFrame,
  parts: FormParts,
): { readonly element: HTMLFormElement; readonly first: HTMLElement } {
  forms += 1;
  const controls = new Map<string, Control>();
  const values = (): Record<string, string> =>
    Object.fromEntries([...controls].map(([id, control]) => [id, control.value]));
  const send = make('button', { class: 'act primary' }, form.submit);
  const drop = make('button', { type: 'button', class: 'act' }, form.close);
  const heading = make('h3', { id: `form-${forms}` }, form.title);
  const element = make('form', { class: 'ask', novalidate: true, 'aria-labelledby': heading.id }, heading);
  for (const field of form.fields) {
    const { row, control } = fieldOf(field, `f${forms}-${field.id}`, parts.words);
    controls.set(field.id, control);
    element.append(row);
    if (field.reshapes) control.addEventListener('change', () => void parts.reshape(form, values()));
  }
  element.append(make('div', { class: 'acts' }, send, drop));
  drop.addEventListener('click', () => parts.close());
  element.addEventListener('submit', event => {
    event.preventDefault();
    send.disabled = true;
    void parts.submit(form, values()).finally(() => {
      send.disabled = false;
    });
  });
  const wrong = form.fields.find(({ error }) => error !== undefined);
  return { element, first: controls.get((wrong ?? form.fields[0])?.id ?? '') ?? send };
}

function fieldOf(
  field: FieldFrame,
  id: string,
  words: Greeting['words'],
): { readonly row: HTMLElement; readonly control: Control } {
  const described = [field.hint && `${id}-hint`, field.error && `${id}-error`].filter(Boolean).join(' ');
  const control = controlOf(field, {
    id,
    name: field.id,
    required: field.required,
    maxlength: String(field.maxLength),
    placeholder: field.placeholder,
    'aria-describedby': described || undefined,
    'aria-invalid': field.error === undefined ? undefined : 'true',
  });
  const label = field.required ? field.label : `${field.label} (${words.optional})`;
  const row = make('div', { class: 'field' }, make('label', { for: id }, label), control);
  if (field.hint) row.append(make('div', { id: `${id}-hint`, class: 'hint' }, field.hint));
  if (field.error) row.append(make('div', { id: `${id}-error`, class: 'bad' }, field.error));
  return { row, control };
}

function controlOf(field: FieldFrame, attributes: Parameters<typeof make>[1]): Control {
  const value = field.value ?? '';
  if (field.kind === 'choice' && field.options !== undefined) {
    const { maxlength: _, placeholder: __, ...rest } = attributes ?? {};
    const select = make('select', rest);
    for (const option of field.options) select.append(make('option', { value: option.value }, option.label));
    if (field.options.some(option => option.value === value)) select.value = value;
    return select;
  }
  const control =
    field.kind === 'multiline' ? make('textarea', { ...attributes, rows: '4' }) : make('input', attributes);
  control.value = value;
  return control;
}
