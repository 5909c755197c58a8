import { controls, optionsOf } from './blocks.ts';
import { asList, asText, isObj, type Obj } from './json.ts';
import { any, byType, finding, flag, list, oneOf, type Rule, shape, string, whole } from './rules.ts';

// Lengths: https://docs.slack.dev/reference/block-kit/blocks, /block-elements, /composition-objects and /views.

const type = any;
const plainText = (max: number, min = 1): Rule =>
  byType({ plain_text: shape({ type, text: string(max, min) }, { emoji: flag }) });
const anyText = (max: number): Rule =>
  byType({
    plain_text: shape({ type, text: string(max) }, { emoji: flag }),
    mrkdwn: shape({ type, text: string(max) }, { verbatim: flag }),
  });

const confirm = shape(
  { text: anyText(300) },
  { title: plainText(100), confirm: plainText(30), deny: plainText(30), style: oneOf('primary', 'danger') },
);
const actionId = string(255);
const option = (text: Rule): Rule => shape({ text, value: string(150) }, { description: plainText(75) });
const group = (text: Rule): Rule => shape({ label: plainText(75), options: list(option(text), 100) });
const focus = { focus_on_load: flag };

const button = shape(
  { type, text: plainText(75) },
  {
    action_id: actionId,
    value: string(2000, 0),
    url: string(3000),
    style: oneOf('primary', 'danger'),
    confirm,
    accessibility_label: string(75),
  },
);
const staticSelect = shape(
  { type },
  {
    action_id: actionId,
    placeholder: plainText(150),
    options: list(option(plainText(75)), 100),
    option_groups: list(group(plainText(75)), 100),
    initial_option: option(plainText(75)),
    confirm,
    ...focus,
  },
);
const radio = shape(
  { type, options: list(option(anyText(75)), 10) },
  { action_id: actionId, initial_option: option(anyText(75)), confirm, ...focus },
);
const dateTime = shape(
  { type },
  { action_id: actionId, initial_date_time: whole(1_000_000_000, 9_999_999_999), confirm, ...focus },
);
const input = shape(
  { type },
  {
    action_id: actionId,
    placeholder: plainText(150),
    initial_value: string(3000, 0),
    multiline: flag,
    min_length: whole(0, 3000),
    max_length: whole(1, 3000),
    dispatch_action_config: shape({}, { trigger_actions_on: list(any, 2) }),
    ...focus,
  },
);
const imageElement = shape({ type, alt_text: string(2000) }, { image_url: string(3000), slack_file: any });

const acting = { button, static_select: staticSelect, radio_buttons: radio, datetimepicker: dateTime };
const base = { block_id: string(255) };
const richText = list(
  byType({
    rich_text_section: shape({ type, elements: list(any, 1000, 0) }),
    rich_text_quote: shape({ type, elements: list(any, 1000, 0) }, { border: any }),
    rich_text_preformatted: shape({ type, elements: list(any, 1000, 0) }, { border: any, language: any }),
    rich_text_list: shape(
      { type, elements: list(any, 1000, 0), style: oneOf('bullet', 'ordered') },
      { indent: any, offset: any, border: any },
    ),
  }),
  1000,
);

const inViews: Readonly<Record<string, Rule>> = {
  section: shape(
    { type },
    {
      ...base,
      text: anyText(3000),
      fields: list(anyText(2000), 10),
      accessory: byType({ ...acting, image: imageElement }),
      expand: flag,
    },
  ),
  context: shape(
    {
      type,
      elements: list(
        byType({
          image: imageElement,
          plain_text: shape({ type, text: string(3000) }, { emoji: flag }),
          mrkdwn: shape({ type, text: string(3000) }, { verbatim: flag }),
        }),
        10,
      ),
    },
    base,
  ),
  actions: shape({ type, elements: list(byType(acting), 25) }, base),
  divider: shape({ type }, base),
  header: shape({ type, text: plainText(150) }, { ...base, level: any }),
  image: shape(
    { type, alt_text: string(2000) },
    { ...base, image_url: string(3000), slack_file: any, title: plainText(2000) },
  ),
  input: shape(
    {
      type,
      label: plainText(2000),
      element: byType({
        plain_text_input: input,
        static_select: staticSelect,
        radio_buttons: radio,
        datetimepicker: dateTime,
        file_input: shape(
          { type },
          { action_id: actionId, filetypes: list(string(20), 100), max_files: whole(1, 10) },
        ),
      }),
    },
    { ...base, hint: plainText(2000), optional: flag, dispatch_action: flag },
  ),
  rich_text: shape({ type, elements: richText }, base),
};
// The markdown block is for messages only: https://docs.slack.dev/reference/block-kit/blocks/markdown-block
const inMessages = { ...inViews, markdown: shape({ type, text: string(12_000) }, base) };

function checkOneControl(element: Obj, at: string, wrong: string[]): void {
  if (element.type === 'static_select' && 'options' in element === 'option_groups' in element) {
    wrong.push(finding('must provide exactly one of: options, option_groups', at));
  }
  const initial = element.initial_option;
  if (
    isObj(initial) &&
    !optionsOf(element).some(given => JSON.stringify(given) === JSON.stringify(initial))
  ) {
    wrong.push(finding('must match one of the provided options', `${at}/initial_option`));
  }
  const { min_length: min, max_length: max } = element;
  if (typeof min === 'number' && typeof max === 'number' && min > max) {
    wrong.push(finding('must be less than or equal to max_length', `${at}/min_length`));
  }
}

function checkTogether(blocks: readonly Obj[], at: string, wrong: string[]): void {
  const ids = new Set<string>();
  for (const [index, block] of blocks.entries()) {
    const here = `${at}/${index}`;
    const id = asText(block.block_id);
    if (id !== '' && ids.has(id)) wrong.push(finding(`block_id "${id}" already exists`, `${here}/block_id`));
    ids.add(id);
    if (block.type === 'section' && block.text === undefined && block.fields === undefined) {
      wrong.push(finding('missing required field: text', here));
    }
    if (block.type === 'image' && (block.image_url === undefined) === (block.slack_file === undefined)) {
      wrong.push(finding('missing required field: image_url', here));
    }
    const seen = new Set<string>();
    for (const { element, actionId: action } of controls([block])) {
      checkOneControl(element, here, wrong);
      if (action !== '' && seen.has(action))
        wrong.push(finding(`action_id "${action}" already exists`, here));
      seen.add(action);
    }
  }
}

/** All that is wrong with the blocks of a message; at most 50 blocks. Empty when they are right. */
export function checkMessageBlocks(blocks: readonly unknown[]): string[] {
  const wrong: string[] = [];
  list(byType(inMessages), 50, 0)(blocks, '/blocks', wrong);
  if (wrong.length === 0) checkTogether(asList(blocks), '/blocks', wrong);
  return wrong;
}

/** Characters of all texts in the blocks; beyond some 13,200 Slack refuses (slackapi/bolt-js#2509). */
export function blocksLength(blocks: readonly unknown[]): number {
  const count = (value: unknown): number => {
    if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + count(item), 0);
    if (!isObj(value)) return 0;
    return Object.entries(value).reduce(
      (sum, [name, member]) =>
        sum + (name === 'text' && typeof member === 'string' ? member.length : count(member)),
      0,
    );
  };
  return count(blocks);
}

const modal = shape(
  { type: oneOf('modal'), title: plainText(24), blocks: list(byType(inViews), 100, 0) },
  {
    submit: plainText(24),
    close: plainText(24),
    private_metadata: string(3000, 0),
    callback_id: string(255, 0),
    external_id: string(255, 0),
    clear_on_close: flag,
    notify_on_close: flag,
    submit_disabled: flag,
  },
);

const home = shape(
  { type: oneOf('home'), blocks: list(byType(inViews), 100, 0) },
  { private_metadata: string(3000, 0), callback_id: string(255, 0), external_id: string(255, 0) },
);

/** All that is wrong with a home page; at most 100 blocks. Empty when it is right. */
export function checkHome(view: Obj): string[] {
  const wrong: string[] = [];
  home(view, '/view', wrong);
  if (wrong.length === 0) checkTogether(asList(view.blocks), '/view/blocks', wrong);
  return wrong;
}

/** All that is wrong with a modal; at most 100 blocks. Empty when it is right. */
export function checkView(view: Obj): string[] {
  const wrong: string[] = [];
  modal(view, '/view', wrong);
  if (wrong.length > 0) return wrong;
  const blocks = asList(view.blocks);
  checkTogether(blocks, '/view/blocks', wrong);
  if (view.submit === undefined && blocks.some(block => block.type === 'input')) {
    wrong.push(finding('missing required field: submit', '/view'));
  }
  return wrong;
}
