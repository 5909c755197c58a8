import type { FieldView, GivenFile, ModalView } from '../model.ts';
import { Kind } from './components.ts';
import { attachmentWire, uploaded } from './files.ts';
import { isObject } from './form.ts';
import type { OpenModal } from './modal-form.ts';
import type { AttachmentState, Json } from './types.ts';
import type { World } from './world.ts';

/** One field of an open form with its component. */
export interface ModalField {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly component: Json;
}

const str = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The fields of a form, in order. */
export function fieldsOf(modal: OpenModal): ModalField[] {
  return modal.components.flatMap((top): ModalField[] => {
    const inner = top.component;
    if (top.type === Kind.label && isObject(inner)) {
      return [
        {
          id: str(inner.custom_id),
          label: str(top.label),
          hint: str(top.description),
          component: inner,
        },
      ];
    }
    const row = Array.isArray(top.components) ? top.components.filter(isObject) : [];
    return row.map(input => ({
      id: str(input.custom_id),
      label: str(input.label),
      hint: '',
      component: input,
    }));
  });
}

/** The options of a field; a single checkbox is a choice of yes and no. */
export function optionsOf(component: Json): { value: string; label: string }[] {
  if (component.type === Kind.checkbox)
    return [
      { value: 'true', label: 'Yes' },
      { value: 'false', label: 'No' },
    ];
  const list = Array.isArray(component.options) ? component.options.filter(isObject) : [];
  return list.map(one => ({ value: str(one.value), label: str(one.label) }));
}

/** What stands in a field: filled in, else its default. */
function filledIn(modal: OpenModal, field: ModalField): string {
  const filled = modal.values.get(field.id);
  if (filled !== undefined) return filled;
  const { component } = field;
  if (component.type === Kind.upload)
    return (modal.files.get(field.id) ?? []).map(file => file.name).join(',');
  if (component.type === Kind.textInput) return str(component.value);
  const list = Array.isArray(component.options) ? component.options.filter(isObject) : [];
  return list
    .filter(one => one.default === true)
    .map(one => str(one.value))
    .join(',');
}

function kindOf(component: Json): FieldView['kind'] {
  if (component.type === Kind.upload) return 'files';
  if (component.type !== Kind.textInput) return 'select';
  return component.style === 2 ? 'multiline' : 'text';
}

function fieldView(modal: OpenModal, field: ModalField): FieldView {
  const error = modal.errors.get(field.id);
  return {
    id: field.id,
    label: field.label,
    hint: field.hint,
    kind: kindOf(field.component),
    options: optionsOf(field.component),
    value: filledIn(modal, field),
    required: field.component.required !== false,
    placeholder: str(field.component.placeholder),
    ...(error === undefined ? {} : { error }),
  };
}

/** The form as its reader sees it; `plain` turns Discord markdown into plain text. */
export function modalView(modal: OpenModal, plain: (source: string) => string): ModalView {
  const texts = modal.components.filter(one => one.type === Kind.text).map(one => plain(str(one.content)));
  return {
    id: modal.customId,
    title: modal.title,
    text: [...texts, modal.notice].filter(Boolean).join('\n'),
    fields: fieldsOf(modal).map(field => fieldView(modal, field)),
    submit: 'Submit',
    close: 'Cancel',
  };
}

function fault(component: Json, value: string): string | undefined {
  const needed = component.required !== false;
  if (value === '') return needed ? 'This field is required.' : undefined;
  if (component.type !== Kind.textInput) return undefined;
  const { min_length: min, max_length: max } = component;
  if (typeof min === 'number' && value.length < min) return `Must be at least ${min} characters.`;
  const most = typeof max === 'number' ? max : 4000;
  return value.length > most ? `Must be at most ${most} characters.` : undefined;
}

/** Puts the client's own complaints at the fields; true when there are none. */
export function complete(modal: OpenModal): boolean {
  modal.errors.clear();
  for (const field of fieldsOf(modal)) {
    const why = fault(field.component, filledIn(modal, field));
    if (why) modal.errors.set(field.id, why);
  }
  return modal.errors.size === 0;
}

/** Puts files into the field for them; throws when the form has none, or it takes fewer. */
export function attach(modal: OpenModal, files: readonly GivenFile[], label = ''): void {
  const field = fieldsOf(modal).find(
    one => one.component.type === Kind.upload && one.label.toLowerCase().includes(label.toLowerCase()),
  );
  if (!field) throw new Error('the open form takes no files');
  const most = typeof field.component.max_values === 'number' ? field.component.max_values : 1;
  if (files.length > most) throw new Error(`the field takes at most ${most} files`);
  modal.files.set(field.id, files);
}

type Sent = Map<string, AttachmentState[]>;

function answer(modal: OpenModal, component: Json, sent: Sent): Json {
  const field = fieldsOf(modal).find(one => one.component === component);
  const value = field ? filledIn(modal, field) : '';
  const head = { type: component.type, id: component.id, custom_id: component.custom_id };
  if (component.type === Kind.textInput) return { ...head, value };
  if (component.type === Kind.upload)
    return { ...head, values: (sent.get(field?.id ?? '') ?? []).map(file => file.id) };
  if (component.type === Kind.radio) return { ...head, value: value || null };
  if (component.type === Kind.checkbox) return { ...head, value: value === 'true' };
  return { ...head, values: value ? value.split(',') : [] };
}

/** The data of a modal submission as it goes to the application. */
export function submission(world: World, modal: OpenModal): Json {
  const sent: Sent = new Map(
    [...modal.files].map(([id, files]) => [id, uploaded(world, null, files)] as const),
  );
  const all = [...sent.values()].flat();
  const attachments = Object.fromEntries(all.map(file => [file.id, attachmentWire(world, file)]));
  const components = modal.components.map((top): Json => {
    const inner = top.component;
    const head = { type: top.type, id: top.id };
    if (isObject(inner)) return { ...head, component: answer(modal, inner, sent) };
    if (!Array.isArray(top.components)) return head;
    return { ...head, components: top.components.filter(isObject).map(one => answer(modal, one, sent)) };
  });
  return { custom_id: modal.customId, components, ...(all.length ? { resolved: { attachments } } : {}) };
}
