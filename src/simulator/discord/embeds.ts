import type { Form, Path } from './form.ts';
import { isObject, lengthOf } from './form.ts';
import { limits } from './limits.ts';
import type { Json } from './types.ts';

function size(value: unknown): number {
  return typeof value === 'string' ? lengthOf(value) : 0;
}

function checkFields(form: Form, path: Path, embed: Json): number {
  let total = 0;
  form.list([...path, 'fields'], embed.fields, 0, limits.embedFields).forEach((raw, index) => {
    const at = [...path, 'fields', index];
    const field = form.object(at, raw);
    if (!field) return;
    form.text([...at, 'name'], field.name, { max: limits.embedFieldName, required: true });
    form.text([...at, 'value'], field.value, { max: limits.embedFieldValue, required: true });
    total += size(field.name) + size(field.value);
  });
  return total;
}

function checkEmbed(form: Form, path: Path, embed: Json): number {
  form.text([...path, 'title'], embed.title, { max: limits.embedTitle });
  form.text([...path, 'description'], embed.description, { max: limits.embedDescription });
  const footer = isObject(embed.footer) ? embed.footer : {};
  const author = isObject(embed.author) ? embed.author : {};
  if (embed.footer)
    form.text([...path, 'footer', 'text'], footer.text, { max: limits.embedFooter, required: true });
  if (embed.author)
    form.text([...path, 'author', 'name'], author.name, { max: limits.embedAuthor, required: true });
  form.integer([...path, 'color'], embed.color, 0, 0xff_ff_ff);
  const timestamp = embed.timestamp;
  if (timestamp !== undefined && timestamp !== null && Number.isNaN(Date.parse(String(timestamp)))) {
    form.add(
      [...path, 'timestamp'],
      'DATETIME_TYPE_PARSE',
      `Could not parse ${String(timestamp)}. Should be ISO8601.`,
    );
  }
  const fields = checkFields(form, path, embed);
  const total = size(embed.title) + size(embed.description) + size(footer.text) + size(author.name) + fields;
  if (total === 0 && !isObject(embed.image) && !isObject(embed.thumbnail))
    form.required([...path, 'description']);
  return total;
}

/** Checks a message's embeds, their number and their size together. */
export function checkEmbeds(form: Form, value: unknown): void {
  let total = 0;
  form.list(['embeds'], value, 0, limits.embeds).forEach((raw, index) => {
    const embed = form.object(['embeds', index], raw);
    if (embed) total += checkEmbed(form, ['embeds', index], embed);
  });
  if (total > limits.embedTotal) {
    form.add(
      ['embeds'],
      'MAX_EMBED_SIZE_EXCEEDED',
      `Embed size exceeds maximum size of ${limits.embedTotal}`,
    );
  }
}
