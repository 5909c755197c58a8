import { checkComponents, numbered } from './components.ts';
import { checkEmbeds } from './embeds.ts';
import { apiError } from './errors.ts';
import { kept } from './files.ts';
import { Form, isObject } from './form.ts';
import { limits } from './limits.ts';
import type { AttachmentState, Json, MessageState, Upload } from './types.ts';
import { MessageFlag } from './types.ts';
import type { World } from './world.ts';

/** What a message may notify, as the sender allowed it. */
export interface AllowedMentions {
  readonly everyone: boolean;
  readonly users: 'all' | ReadonlySet<string>;
  readonly roles: 'all' | ReadonlySet<string>;
  readonly replied: boolean;
}

/** A checked message body; absent members were not in the body. */
export interface Draft {
  readonly content?: string;
  readonly embeds?: Json[];
  readonly components?: Json[];
  readonly flags?: number;
  readonly attachments?: AttachmentState[];
  readonly nonce: string | number | null;
  readonly enforceNonce: boolean;
  readonly allowed: AllowedMentions;
  readonly replyTo: string | null;
  readonly replyMustExist: boolean;
}

const settable =
  MessageFlag.suppressEmbeds | MessageFlag.silent | MessageFlag.componentsV2 | MessageFlag.ephemeral;

function ids(form: Form, key: string, value: unknown): ReadonlySet<string> {
  const list = form.list(['allowed_mentions', key], value, 0, limits.allowedMentionIds);
  return new Set(list.map((one, index) => form.snowflake(['allowed_mentions', key, index], one) ?? ''));
}

function readAllowed(form: Form, value: unknown): AllowedMentions {
  if (value === undefined || value === null)
    return { everyone: true, users: 'all', roles: 'all', replied: true };
  const body = form.object(['allowed_mentions'], value) ?? {};
  const parse = form.list(['allowed_mentions', 'parse'], body.parse, 0, 3);
  parse.forEach((one, index) => {
    form.choice(['allowed_mentions', 'parse', index], one, ['roles', 'users', 'everyone']);
  });
  const users = ids(form, 'users', body.users);
  const roles = ids(form, 'roles', body.roles);
  for (const [key, list] of [
    ['users', users],
    ['roles', roles],
  ] as const) {
    if (parse.includes(key) && list.size > 0) {
      const message = `parse:["${key}"] and ${key}: [ids...] are mutually exclusive.`;
      form.add(['allowed_mentions'], 'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE', message);
    }
  }
  return {
    everyone: parse.includes('everyone'),
    users: parse.includes('users') ? 'all' : users,
    roles: parse.includes('roles') ? 'all' : roles,
    replied: form.flag(['allowed_mentions', 'replied_user'], body.replied_user) ?? false,
  };
}

function readNonce(form: Form, value: unknown): string | number | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'number' && Number.isInteger(value)) return value;
  return form.text(['nonce'], value, { max: limits.nonce }) ?? null;
}

function readAttachments(
  world: World,
  form: Form,
  body: Json,
  files: readonly Upload[],
  old: MessageState | undefined,
): AttachmentState[] {
  const meta = form.list(['attachments'], body.attachments, 0, limits.attachments).filter(isObject);
  if (files.length > limits.attachments) form.badLength(['attachments'], 0, limits.attachments);
  const named = new Set(meta.map(one => String(one.id)));
  const stays = body.attachments === undefined ? () => true : (one: AttachmentState) => named.has(one.id);
  const before = (old?.attachments ?? []).filter(stays);
  const added = files.map(file => {
    if (file.data.length > limits.fileBytes) throw apiError(40005);
    const number = /^files\[(\d+)\]$/.exec(file.field)?.[1];
    const described = meta.find(one => number !== undefined && String(one.id) === number);
    return kept(world, {
      id: world.ids.next(),
      channelId: old?.channelId ?? '0',
      filename: typeof described?.filename === 'string' ? described.filename : file.filename,
      size: file.data.length,
      contentType: file.contentType,
      description: typeof described?.description === 'string' ? described.description : null,
      data: file.data,
    });
  });
  return [...before, ...added];
}

function readReply(form: Form, value: unknown): { id: string | null; strict: boolean } {
  if (value === undefined || value === null) return { id: null, strict: true };
  const body = form.object(['message_reference'], value) ?? {};
  const id = form.snowflake(['message_reference', 'message_id'], body.message_id) ?? null;
  return { id, strict: body.fail_if_not_exists !== false };
}

function checkV2Alone(form: Form, body: Json): void {
  for (const key of ['content', 'embeds', 'poll', 'sticker_ids']) {
    const value = body[key];
    const empty =
      value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
    if (empty) continue;
    const message = `The '${key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`;
    form.add([key], 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2', message);
  }
}

/** Checks a message body against the platform's limits; throws 50035 with every fault, or 40005. `old` is the message an edit is about. */
export function readDraft(world: World, body: Json, files: readonly Upload[], old?: MessageState): Draft {
  const form = new Form();
  const flags = form.integer(['flags'], body.flags, 0, 2 ** 31 - 1);
  const v2 = (((flags ?? 0) | (old?.flags ?? 0)) & MessageFlag.componentsV2) !== 0;
  const content = form.text(['content'], body.content, { max: limits.content });
  form.flag(['tts'], body.tts);
  const enforce = form.flag(['enforce_nonce'], body.enforce_nonce) ?? false;
  checkEmbeds(form, body.embeds);
  checkComponents(form, body.components, v2);
  if (v2) checkV2Alone(form, body);
  const nonce = readNonce(form, body.nonce);
  const allowed = readAllowed(form, body.allowed_mentions);
  const reply = readReply(form, body.message_reference);
  const attachments = readAttachments(world, form, body, files, old);
  form.check();
  const given = (key: string) => body[key] !== undefined;
  return {
    ...(given('content') ? { content: (content ?? '').trim() } : {}),
    ...(given('embeds')
      ? {
          embeds: (body.embeds === null ? [] : (body.embeds as Json[])).map(one => ({
            type: 'rich',
            ...one,
          })),
        }
      : {}),
    ...(given('components') ? { components: numbered((body.components ?? []) as unknown[]) } : {}),
    ...(flags === undefined ? {} : { flags: flags & settable }),
    ...(attachments.length > 0 || given('attachments') ? { attachments } : {}),
    nonce,
    enforceNonce: enforce,
    allowed,
    replyTo: reply.id,
    replyMustExist: reply.strict,
  };
}

/** True when nothing would be seen. */
export function isEmpty(
  message: Pick<MessageState, 'content' | 'embeds' | 'components' | 'attachments'>,
): boolean {
  return (
    !message.content && !message.embeds.length && !message.components.length && !message.attachments.length
  );
}
