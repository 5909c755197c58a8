import type { ButtonView } from '../model.ts';
import { glyph } from './emoji.ts';
import { escapeHtml, markdown, mrkdwn, type Names, plain, type Seen, stack } from './html.ts';
import { asList, asObj, asText, isObj, type Obj } from './json.ts';
import type { Message, World } from './world.ts';

/** An element of a block that somebody can act on. */
export interface Control {
  readonly block: Obj;
  readonly blockId: string;
  readonly actionId: string;
  readonly element: Obj;
}

/** Fills in the defaults that Slack fills in and sends back. */
export function normal(value: Obj): Obj {
  const inner = Object.entries(value).map(([name, member]) => [
    name,
    isObj(member)
      ? normal(member)
      : Array.isArray(member)
        ? member.map(item => (isObj(item) ? normal(item) : item))
        : member,
  ]);
  const whole: Obj = Object.fromEntries(inner);
  if (value.type === 'plain_text') return { emoji: true, ...whole };
  if (value.type === 'mrkdwn') return { verbatim: false, ...whole };
  if (value.type === 'input') return { optional: false, dispatch_action: false, ...whole };
  return whole;
}

/** Gives every block and every acting element its id where the app gave none, and its defaults, as Slack does. */
export function withIds(blocks: readonly Obj[], world: World): Obj[] {
  const named = (element: Obj): Obj =>
    'action_id' in element || !ACTING.has(asText(element.type))
      ? element
      : { ...element, action_id: world.next().toString(36).padStart(5, 'a') };
  return blocks.map(normal).map(block => {
    const out: Obj = { ...block, block_id: block.block_id ?? world.next().toString(36).padStart(5, 'b') };
    if (block.type === 'actions') out.elements = asList(block.elements).map(named);
    if (isObj(block.accessory)) out.accessory = named(block.accessory);
    if (isObj(block.element)) out.element = named(block.element);
    return out;
  });
}

const ACTING = new Set([
  'button',
  'static_select',
  'radio_buttons',
  'datetimepicker',
  'plain_text_input',
  'file_input',
]);

/** All acting elements of some blocks, in reading order. */
export function controls(blocks: readonly Obj[]): Control[] {
  return blocks.flatMap(block => {
    const elements = [
      ...(block.type === 'actions' ? asList(block.elements) : []),
      ...(isObj(block.accessory) ? [block.accessory] : []),
      ...(isObj(block.element) ? [block.element] : []),
    ];
    return elements
      .filter(element => ACTING.has(asText(element.type)))
      .map(element => ({
        block,
        blockId: asText(block.block_id),
        actionId: asText(element.action_id),
        element,
      }));
  });
}

/** All options of a select or of radio buttons, groups flattened. */
export function optionsOf(element: Obj): Obj[] {
  return [
    ...asList(element.options),
    ...asList(element.option_groups).flatMap(group => asList(group.options)),
  ];
}

/** The label of a text object. */
export function labelOf(object: unknown): string {
  return plain(asText(asObj(object).text)).text;
}

/** The buttons of a message. Each choice of a select or of radio buttons is one, with the id `block/action=value`. */
export function buttonsOf(blocks: readonly Obj[]): ButtonView[] {
  return controls(blocks).flatMap(({ blockId, actionId, element }): ButtonView[] => {
    const id = `${blockId}/${actionId}`;
    if (element.type === 'button') {
      const style = element.style === 'primary' || element.style === 'danger' ? element.style : 'plain';
      return [{ id, label: labelOf(element.text), style, disabled: false }];
    }
    return optionsOf(element).map(option => ({
      id: `${id}=${asText(option.value)}`,
      label: labelOf(option.text),
      style: 'plain',
      disabled: false,
    }));
  });
}

/** How names are shown to readers. */
export function namesOf(world: World): Names {
  return {
    user: id => world.users.get(id)?.displayName,
    channel: id => world.channels.get(id)?.name,
  };
}

function textObject(object: unknown, names: Names): Seen {
  const { type, text } = asObj(object);
  return type === 'mrkdwn' ? mrkdwn(asText(text), names) : plain(asText(text));
}

function richInline(element: Obj, names: Names): Seen {
  const token = (wire: string): Seen => mrkdwn(wire, names);
  switch (element.type) {
    case 'user':
      return token(`<@${asText(element.user_id)}>`);
    case 'channel':
      return token(`<#${asText(element.channel_id)}>`);
    case 'broadcast':
      return token(`<!${asText(element.range)}>`);
    case 'usergroup':
      return token(`<!subteam^${asText(element.usergroup_id)}>`);
    case 'emoji':
      return plain(glyph(asText(element.name)));
    case 'link': {
      const url = asText(element.url);
      const label = asText(element.text) || url;
      const html = `<a href="${escapeHtml(url)}">${escapeHtml(label)}</a>`;
      return { text: label, html, mentions: [] };
    }
    default:
      return richText(element);
  }
}

function richText(element: Obj): Seen {
  const text = asText(element.text) || asText(element.fallback);
  const style = asObj(element.style);
  const tags = ['bold', 'italic', 'strike', 'code'].filter(name => style[name] === true);
  const tag: Record<string, string> = { bold: 'b', italic: 'i', strike: 's', code: 'code' };
  const html = tags.reduce(
    (inner, name) => `<${tag[name]}>${inner}</${tag[name]}>`,
    escapeHtml(text).replace(/\n/g, '<br>'),
  );
  return { text, html, mentions: [] };
}

function richBlock(block: Obj, names: Names): Seen {
  return stack(
    asList(block.elements).map(section => {
      if (section.type === 'rich_text_list') return richList(section, names);
      const seen = richSection(section, names);
      return section.type === 'rich_text_preformatted' ? { ...seen, html: `<pre>${seen.html}</pre>` } : seen;
    }),
  );
}

function richSection(section: Obj, names: Names): Seen {
  const parts = asList(section.elements).map(element => richInline(element, names));
  return {
    text: parts.map(part => part.text).join(''),
    html: parts.map(part => part.html).join(''),
    mentions: parts.flatMap(part => part.mentions),
  };
}

/** Each item on a line of its own, with its bullet or number before it, as deep as it is. */
function richList(list: Obj, names: Names): Seen {
  const first = 1 + (typeof list.offset === 'number' ? list.offset : 0);
  const deep = '\u2003'.repeat(typeof list.indent === 'number' ? list.indent : 0);
  return stack(
    asList(list.elements).map((item, index) => {
      const before = `${deep}${list.style === 'ordered' ? `${first + index}.` : '•'} `;
      const { text, html, mentions } = richSection(item, names);
      return { text: before + text, html: before + html, mentions };
    }),
  );
}

function seeBlock(block: Obj, names: Names): Seen {
  switch (block.type) {
    case 'section':
      return stack([
        ...(block.text === undefined ? [] : [textObject(block.text, names)]),
        ...asList(block.fields).map(field => textObject(field, names)),
      ]);
    case 'context':
      return stack(
        asList(block.elements).map(element =>
          element.type === 'image' ? plain(asText(element.alt_text)) : textObject(element, names),
        ),
      );
    case 'header': {
      const seen = textObject(block.text, names);
      return { ...seen, html: `<strong>${seen.html}</strong>` };
    }
    case 'divider':
      return { text: '', html: '<hr>', mentions: [] };
    case 'image':
      return stack([textObject(block.title, names), plain(asText(block.alt_text))]);
    case 'markdown':
      return markdown(asText(block.text), names);
    case 'rich_text':
      return richBlock(block, names);
    default:
      return { text: '', html: '', mentions: [] };
  }
}

/** Blocks as a reader sees them, without their controls. */
export function seeBlocks(blocks: readonly Obj[], names: Names): Seen {
  return stack(blocks.map(block => seeBlock(block, names)));
}

/** A message as a reader sees it: its blocks where it has some (`text` is then only a fallback), else its text. */
export function seeMessage(message: Message, names: Names): Seen {
  const main =
    message.botId && message.blocks?.length ? seeBlocks(message.blocks, names) : mrkdwn(message.text, names);
  const attached = (message.attachments ?? []).map(attachment =>
    stack([
      mrkdwn(asText(attachment.pretext), names),
      mrkdwn(asText(attachment.text) || asText(attachment.fallback), names),
      seeBlocks(asList(attachment.blocks), names),
    ]),
  );
  return attached.length === 0 ? main : stack([main, ...attached]);
}

/** Whom a message notifies: by its blocks and by its text, which the notification itself is made of. */
export function mentionsOf(message: Message, names: Names, linkNames: boolean): string[] {
  const found = new Set([...seeMessage(message, names).mentions, ...mrkdwn(message.text, names).mentions]);
  if (linkNames) {
    for (const [, whom] of message.text.matchAll(/(?:^|\s)@(channel|here|everyone)\b/g)) found.add(`${whom}`);
  }
  return [...found];
}
