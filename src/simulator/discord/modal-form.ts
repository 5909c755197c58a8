import type { GivenFile } from '../model.ts';
import type { Tally } from './components.ts';
import {
  checkCustomId,
  checkOptions,
  checkSelect,
  checkText,
  Kind,
  newTally,
  numbered,
} from './components.ts';
import type { Path } from './form.ts';
import { Form } from './form.ts';
import { limits } from './limits.ts';
import type { Json } from './types.ts';

/** A form that is open in front of somebody. */
export interface OpenModal {
  readonly customId: string;
  readonly title: string;
  readonly components: readonly Json[];
  /** The interaction that opened it; its message, if any, is what a submission may update. */
  readonly openedBy: string;
  readonly channelId: string;
  readonly values: Map<string, string>;
  readonly errors: Map<string, string>;
  /** Field → the files in it. */
  readonly files: Map<string, readonly GivenFile[]>;
  notice: string;
}

function checkTextInput(form: Form, at: Path, one: Json, tally: Tally, labelled: boolean): void {
  checkCustomId(form, at, one.custom_id, tally);
  form.choice([...at, 'style'], one.style, [1, 2]);
  if (!labelled) form.text([...at, 'label'], one.label, { min: 1, max: limits.label, required: true });
  const least = form.integer([...at, 'min_length'], one.min_length, 0, limits.textInput) ?? 0;
  const most = form.integer([...at, 'max_length'], one.max_length, 1, limits.textInput) ?? limits.textInput;
  form.text([...at, 'value'], one.value, { max: most });
  form.text([...at, 'placeholder'], one.placeholder, { max: limits.textInputPlaceholder });
  form.flag([...at, 'required'], one.required);
  if (least > most)
    form.add(
      [...at, 'min_length'],
      'TEXT_INPUT_MIN_GREATER_THAN_MAX',
      'min_length is greater than max_length',
    );
}

function checkLabelled(form: Form, at: Path, one: Json, tally: Tally): void {
  const type = form.choice([...at, 'type'], one.type, [4, 3, 5, 6, 7, 8, 19, 21, 22, 23]);
  if (type === undefined) return;
  if (type === Kind.textInput) checkTextInput(form, at, one, tally, true);
  else if (type === Kind.radio) {
    checkCustomId(form, at, one.custom_id, tally);
    checkOptions(form, at, one.options, 2, limits.radioOptions);
  } else if (type === Kind.checkboxes) {
    checkCustomId(form, at, one.custom_id, tally);
    checkOptions(form, at, one.options, 1, limits.radioOptions);
  } else if (type === Kind.upload) {
    checkCustomId(form, at, one.custom_id, tally);
    form.integer([...at, 'min_values'], one.min_values, 0, limits.attachments);
    form.integer([...at, 'max_values'], one.max_values, 1, limits.attachments);
    form.flag([...at, 'required'], one.required);
  } else if (type === Kind.checkbox) checkCustomId(form, at, one.custom_id, tally);
  else checkSelect(form, at, one, tally);
}

function checkTop(form: Form, at: Path, one: Json, tally: Tally): void {
  const type = form.choice([...at, 'type'], one.type, [Kind.row, Kind.text, Kind.label]);
  if (type === Kind.text) checkText(form, at, one, tally);
  else if (type === Kind.label) {
    form.text([...at, 'label'], one.label, { min: 1, max: limits.label, required: true });
    form.text([...at, 'description'], one.description, { max: limits.labelDescription });
    const inner = form.object([...at, 'component'], one.component);
    if (inner) checkLabelled(form, [...at, 'component'], inner, tally);
  } else if (type === Kind.row) {
    form.list([...at, 'components'], one.components, 1, 1).forEach((raw, index) => {
      const inside = [...at, 'components', index];
      const input = form.object(inside, raw);
      if (!input) return;
      if (form.choice([...inside, 'type'], input.type, [Kind.textInput]) !== undefined) {
        checkTextInput(form, inside, input, tally, false);
      }
    });
  }
}

/** Checks a modal callback's data and opens it; throws 50035 with every fault. */
export function readModal(data: Json, openedBy: string, channelId: string): OpenModal {
  const form = new Form();
  const tally = newTally();
  form.text(['data', 'title'], data.title, { min: 1, max: limits.modalTitle, required: true });
  form.text(['data', 'custom_id'], data.custom_id, { min: 1, max: limits.customId, required: true });
  const list = form.list(['data', 'components'], data.components, 1, limits.modalComponents);
  list.forEach((raw, index) => {
    const one = form.object(['data', 'components', index], raw);
    if (one) checkTop(form, ['data', 'components', index], one, tally);
  });
  form.check();
  return {
    customId: String(data.custom_id),
    title: String(data.title),
    components: numbered(list),
    openedBy,
    channelId,
    values: new Map(),
    errors: new Map(),
    files: new Map(),
    notice: '',
  };
}
