import type { FieldView, ModalView } from '../model.ts';
import { type Control, controls, labelOf, namesOf, optionsOf, seeBlocks } from './blocks.ts';
import { FORM_FILES, fileJson, type SlackFile } from './files.ts';
import { asList, asObj, asText, type Obj } from './json.ts';
import { holders } from './views.ts';
import type { OpenView, World } from './world.ts';

function valueText(value: Obj): string {
  if (value.type === 'plain_text_input') return asText(value.value);
  if (value.type === 'datetimepicker') {
    const at = value.selected_date_time;
    return typeof at === 'number' ? new Date(at * 1000).toISOString() : '';
  }
  if (value.type === 'file_input')
    return asList(value.files)
      .map(({ name }) => asText(name))
      .join(', ');
  return asText(asObj(value.selected_option).value);
}

function labelFor({ block, element }: Control): string {
  return (
    labelOf(block.label) || labelOf(block.text) || labelOf(element.placeholder) || asText(element.action_id)
  );
}

function kindOf(element: Obj): FieldView['kind'] {
  if (element.type === 'file_input') return 'files';
  return element.multiline === true ? 'multiline' : 'text';
}

function fieldView(view: OpenView, control: Control): FieldView {
  const { block, blockId, actionId, element } = control;
  const select = element.type === 'static_select' || element.type === 'radio_buttons';
  const error = view.errors[blockId];
  return {
    id: blockId,
    label: labelFor(control),
    hint: labelOf(block.hint),
    kind: select ? 'select' : kindOf(element),
    options: optionsOf(element).map(option => ({
      value: asText(option.value),
      label: labelOf(option.text),
    })),
    value: valueText(asObj(view.values[blockId]?.[actionId])),
    required: block.type === 'input' && block.optional !== true,
    placeholder: labelOf(element.placeholder),
    ...(error === undefined ? {} : { error }),
  };
}

/** An open modal as its user sees it. Buttons inside it stand in the text as `[Label]`. */
export function modalView(world: World, view: OpenView): ModalView {
  const blocks = asList(view.body.blocks);
  const buttons = controls(blocks)
    .filter(({ element }) => element.type === 'button')
    .map(({ element }) => `[${labelOf(element.text)}]`);
  const text = [seeBlocks(blocks, namesOf(world)).text, ...buttons].filter(Boolean).join('\n');
  const submit = labelOf(view.body.submit);
  return {
    id: view.id,
    title: labelOf(view.body.title),
    text,
    fields: holders(view).map(control => fieldView(view, control)),
    ...(submit === '' ? {} : { submit }),
    close: labelOf(view.body.close) || 'Close',
  };
}

function find(view: OpenView, name: string): Control {
  const all = holders(view);
  const by = (test: (control: Control) => boolean): Control | undefined => all.find(test);
  const found =
    by(({ blockId }) => blockId === name) ??
    by(({ actionId }) => actionId === name) ??
    by(control => labelFor(control) === name) ??
    by(control => labelFor(control).toLowerCase().includes(name.toLowerCase()));
  if (found) return found;
  throw new Error(`The form has no field "${name}"; it has: ${all.map(labelFor).join(', ')}`);
}

function optionNamed(element: Obj, wanted: string): Obj {
  const all = optionsOf(element);
  const found =
    all.find(option => asText(option.value) === wanted) ??
    all.find(option => labelOf(option.text) === wanted) ??
    all.find(option => labelOf(option.text).toLowerCase().includes(wanted.toLowerCase()));
  if (found) return found;
  throw new Error(`No choice "${wanted}"; there are: ${all.map(option => labelOf(option.text)).join(', ')}`);
}

function valueFor(element: Obj, wanted: string): Obj {
  const type = asText(element.type);
  if (type === 'plain_text_input') return { type, value: wanted === '' ? null : wanted };
  if (type === 'datetimepicker') {
    const at = /^\d{10}$/.test(wanted) ? Number(wanted) : Math.floor(Date.parse(wanted) / 1000);
    if (wanted !== '' && Number.isNaN(at)) throw new Error(`"${wanted}" is no date and time`);
    return { type, selected_date_time: wanted === '' ? null : at };
  }
  return { type, selected_option: wanted === '' ? null : optionNamed(element, wanted) };
}

/** Puts a value into a field, found by block id, action id or label. Returns the control where it tells the app at once. */
export function fill(view: OpenView, name: string, wanted: string): Control | undefined {
  const control = find(view, name);
  const { block, blockId, actionId, element } = control;
  view.values[blockId] = { ...view.values[blockId], [actionId]: valueFor(element, wanted) };
  delete view.errors[blockId];
  return block.type !== 'input' || block.dispatch_action === true ? control : undefined;
}

/** Puts files into the first field that takes them; beyond its number, or too large, the client refuses them. */
export function attach(world: World, view: OpenView, files: readonly SlackFile[]): void {
  const control = holders(view).find(({ element }) => element.type === 'file_input');
  if (!control) throw new Error('The form takes no files');
  const { blockId, actionId, element } = control;
  const most = typeof element.max_files === 'number' ? element.max_files : FORM_FILES.count;
  if (files.length > most || files.some(({ size }) => size > FORM_FILES.bytes))
    throw new Error(`The form takes at most ${most} files of 10 MB`);
  const value = { type: 'file_input', files: files.map(file => fileJson(world, file)) };
  view.values[blockId] = { ...view.values[blockId], [actionId]: value };
}

function complaint({ block, element }: Control, value: Obj): string | undefined {
  const text = valueText(value);
  if (text === '') {
    return block.type === 'input' && block.optional !== true
      ? 'Please complete this required field.'
      : undefined;
  }
  if (element.type !== 'plain_text_input') return undefined;
  const { min_length: min, max_length: max } = element;
  if (typeof min === 'number' && text.length < min) return `This must be at least ${min} characters.`;
  // Without a limit of its own an input takes 3,000: https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element
  const most = typeof max === 'number' ? max : 3000;
  return text.length > most ? `This must be no more than ${most} characters.` : undefined;
}

/** What the client itself refuses before anything is sent: empty required fields and lengths. By block id. */
export function clientErrors(view: OpenView): Record<string, string> {
  const found: Record<string, string> = {};
  for (const control of holders(view)) {
    const message = complaint(control, asObj(view.values[control.blockId]?.[control.actionId]));
    if (message !== undefined) found[control.blockId] = message;
  }
  return found;
}
