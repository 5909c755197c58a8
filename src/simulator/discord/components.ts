import type { Form, Path } from './form.ts';
import { isObject } from './form.ts';
import { limits } from './limits.ts';
import type { Json } from './types.ts';

/** Component types of API v10 (components: component types). */
export const Kind = {
  row: 1,
  button: 2,
  stringSelect: 3,
  textInput: 4,
  userSelect: 5,
  roleSelect: 6,
  mentionableSelect: 7,
  channelSelect: 8,
  section: 9,
  text: 10,
  thumbnail: 11,
  gallery: 12,
  file: 13,
  separator: 14,
  container: 17,
  label: 18,
  upload: 19,
  radio: 21,
  checkboxes: 22,
  checkbox: 23,
} as const;

const selects: readonly unknown[] = [3, 5, 6, 7, 8];
const topV2: readonly number[] = [
  Kind.row,
  Kind.section,
  Kind.text,
  Kind.gallery,
  Kind.file,
  Kind.separator,
  Kind.container,
];

/** What is counted over one whole message or form. */
export interface Tally {
  readonly customIds: Set<string>;
  count: number;
  text: number;
}

export function newTally(): Tally {
  return { customIds: new Set(), count: 0, text: 0 };
}

/** A custom id: 1 to 100 characters, used once. */
export function checkCustomId(form: Form, path: Path, value: unknown, tally: Tally): void {
  const id = form.text([...path, 'custom_id'], value, { min: 1, max: limits.customId, required: true });
  if (id === undefined) return;
  if (tally.customIds.has(id)) {
    form.add(
      [...path, 'custom_id'],
      'COMPONENT_CUSTOM_ID_DUPLICATED',
      'Component custom id cannot be duplicated',
    );
  }
  tally.customIds.add(id);
}

function checkButton(form: Form, path: Path, one: Json, tally: Tally): void {
  const style = form.choice([...path, 'style'], one.style, [1, 2, 3, 4, 5, 6]);
  form.text([...path, 'label'], one.label, { max: limits.buttonLabel });
  form.flag([...path, 'disabled'], one.disabled);
  if (!one.label && !isObject(one.emoji) && style !== 6) {
    form.add(path, 'BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED', 'A button must have a label or an emoji');
  }
  if (style === 5) {
    const url = form.text([...path, 'url'], one.url, { max: 512, required: true });
    if (url !== undefined && !/^(https?|discord):\/\//.test(url)) {
      form.add(
        [...path, 'url'],
        'URL_TYPE_INVALID_SCHEME',
        `Scheme "${url.split(':')[0]}" is not supported.`,
      );
    }
    if (one.custom_id !== undefined) {
      form.add(
        path,
        'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
        'A custom id and url cannot both be specified',
      );
    }
  } else if (style !== undefined && style !== 6) {
    checkCustomId(form, path, one.custom_id, tally);
  }
}

/** Options of a select, radio group or checkbox group. */
export function checkOptions(form: Form, path: Path, value: unknown, min: number, max: number): void {
  const seen = new Set<string>();
  form.list([...path, 'options'], value, min, max).forEach((raw, index) => {
    const at = [...path, 'options', index];
    const one = form.object(at, raw);
    if (!one) return;
    form.text([...at, 'label'], one.label, { min: 1, max: limits.optionText, required: true });
    form.text([...at, 'description'], one.description, { max: limits.optionText });
    const key = form.text([...at, 'value'], one.value, { min: 1, max: limits.optionText, required: true });
    if (key === undefined) return;
    if (seen.has(key)) {
      form.add(
        [...at, 'value'],
        'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
        'The specified option value is already used',
      );
    }
    seen.add(key);
  });
}

/** A select menu of any kind. */
export function checkSelect(form: Form, path: Path, one: Json, tally: Tally): void {
  checkCustomId(form, path, one.custom_id, tally);
  form.text([...path, 'placeholder'], one.placeholder, { max: limits.selectPlaceholder });
  const least = form.integer([...path, 'min_values'], one.min_values, 0, limits.selectOptions) ?? 1;
  const most = form.integer([...path, 'max_values'], one.max_values, 1, limits.selectOptions) ?? 1;
  if (least > most)
    form.add(
      [...path, 'min_values'],
      'SELECT_COMPONENT_MIN_GREATER_THAN_MAX',
      'min_values is greater than max_values',
    );
  if (one.type === Kind.stringSelect) checkOptions(form, path, one.options, 1, limits.selectOptions);
}

function checkRow(form: Form, path: Path, row: Json, tally: Tally): void {
  const children = form.list([...path, 'components'], row.components, 1, limits.rowButtons);
  const hasSelect = children.some(one => isObject(one) && selects.includes(one.type));
  if (hasSelect && children.length > 1) form.badLength([...path, 'components'], 1, 1);
  children.forEach((raw, index) => {
    const at = [...path, 'components', index];
    const one = form.object(at, raw);
    if (!one) return;
    tally.count += 1;
    if (one.type === Kind.button) checkButton(form, at, one, tally);
    else if (selects.includes(one.type)) checkSelect(form, at, one, tally);
    else unionFault(form, [...at, 'type'], [2, 3, 5, 6, 7, 8]);
  });
}

function unionFault(form: Form, path: Path, allowed: readonly number[]): void {
  form.add(path, 'UNION_TYPE_CHOICES', `Value of field "type" must be one of (${allowed.join(', ')},).`);
}

/** Text shown as it is: counted over the whole message. */
export function checkText(form: Form, path: Path, one: Json, tally: Tally): void {
  const text = form.text([...path, 'content'], one.content, {
    min: 1,
    max: limits.textDisplay,
    required: true,
  });
  tally.text += text?.length ?? 0;
}

function checkSection(form: Form, path: Path, one: Json, tally: Tally): void {
  form.list([...path, 'components'], one.components, 1, limits.sectionTexts).forEach((raw, index) => {
    tally.count += 1;
    const at = [...path, 'components', index];
    const child = form.object(at, raw);
    if (child?.type === Kind.text) checkText(form, at, child, tally);
    else if (child) unionFault(form, [...at, 'type'], [Kind.text]);
  });
  const at = [...path, 'accessory'];
  const accessory = one.accessory;
  if (!isObject(accessory)) {
    form.required(at);
    return;
  }
  tally.count += 1;
  if (accessory.type === Kind.button) checkButton(form, at, accessory, tally);
  else if (accessory.type !== Kind.thumbnail)
    unionFault(form, [...at, 'type'], [Kind.button, Kind.thumbnail]);
}

function checkV2(form: Form, path: Path, one: Json, tally: Tally, allowed: readonly number[]): void {
  tally.count += 1;
  const type = one.type;
  if (typeof type !== 'number' || !allowed.includes(type)) unionFault(form, [...path, 'type'], allowed);
  else if (type === Kind.row) checkRow(form, path, one, tally);
  else if (type === Kind.text) checkText(form, path, one, tally);
  else if (type === Kind.section) checkSection(form, path, one, tally);
  else if (type === Kind.gallery) form.list([...path, 'items'], one.items, 1, 10);
  else if (type === Kind.container) {
    const inner = topV2.filter(kind => kind !== Kind.container);
    form.list([...path, 'components'], one.components, 1, limits.componentsV2).forEach((raw, index) => {
      const at = [...path, 'components', index];
      const child = form.object(at, raw);
      if (child) checkV2(form, at, child, tally, inner);
    });
  }
}

/** Checks the components of a message; with `v2` the layout components are allowed and counted. */
export function checkComponents(form: Form, value: unknown, v2: boolean): void {
  const tally = newTally();
  const list = form.list(['components'], value, 0, v2 ? limits.componentsV2 : limits.rows);
  list.forEach((raw, index) => {
    const at = ['components', index];
    const one = form.object(at, raw);
    if (!one) return;
    if (v2) checkV2(form, at, one, tally, topV2);
    else if (one.type === Kind.row) checkRow(form, at, one, tally);
    else unionFault(form, [...at, 'type'], [Kind.row]);
  });
  if (!v2) return;
  if (tally.count > limits.componentsV2) {
    form.add(
      ['components'],
      'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED',
      `The total number of components cannot exceed ${limits.componentsV2}`,
    );
  }
  if (tally.text > limits.textDisplay) {
    form.add(
      ['components'],
      'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
      `Displayable text size cannot exceed ${limits.textDisplay}`,
    );
  }
}

/** All components of a tree, parents before children. */
export function flatten(components: readonly unknown[]): Json[] {
  const out: Json[] = [];
  for (const one of components) {
    if (!isObject(one)) continue;
    out.push(one);
    if (Array.isArray(one.components)) out.push(...flatten(one.components));
    for (const child of [one.component, one.accessory]) if (isObject(child)) out.push(...flatten([child]));
  }
  return out;
}

/** A copy in which every component has a number, as the platform gives it where the sender did not. */
export function numbered(components: readonly unknown[]): Json[] {
  const copy = structuredClone(components).filter(isObject);
  const every = flatten(copy);
  const taken = new Set(every.map(one => one.id));
  let next = 1;
  for (const one of every) {
    if (typeof one.id === 'number' && one.id > 0) continue;
    while (taken.has(next)) next += 1;
    one.id = next;
    next += 1;
  }
  return copy;
}
