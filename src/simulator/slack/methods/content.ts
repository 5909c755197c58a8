import { ApiError, type Args } from '../args.ts';
import { asList, asText, type Obj } from '../json.ts';
import { escapeLoose } from '../respond.ts';
import { blocksLength, checkMessageBlocks } from '../validate.ts';

// "Slack will truncate messages containing more than 40,000 characters": https://docs.slack.dev/reference/methods/chat.postMessage
const TEXT_CUT = 40_000;
// An update or an ephemeral message is not cut but refused: https://docs.slack.dev/changelog/2018-truncating-really-long-messages
const TEXT_REFUSED = 4000;
// "Limit this field to 12,000 characters": https://docs.slack.dev/reference/methods/chat.postMessage
const MARKDOWN = 12_000;
// slackapi/bolt-js#2509: between 13,172 and 13,297 by measurement.
const ALL_BLOCKS = 13_200;
// https://docs.slack.dev/reference/methods/chat.postMessage (too_many_attachments)
const ATTACHMENTS = 100;
// https://docs.slack.dev/messaging/message-metadata (metadata_too_large)
const METADATA_BYTES = 16_384;

/** What a message is made of, checked. */
interface Content {
  readonly text?: string;
  readonly blocks?: Obj[];
  readonly attachments?: Obj[];
  readonly metadata?: Obj;
}

function readBlocks(args: Args): Obj[] | undefined {
  const blocks = args.list('blocks', 'invalid_blocks_format');
  if (!blocks) return undefined;
  const wrong = checkMessageBlocks(blocks);
  if (wrong.length > 0) throw new ApiError('invalid_blocks', wrong, { errors: wrong.map(bare) });
  if (blocksLength(blocks) > ALL_BLOCKS) throw new ApiError('msg_blocks_too_long');
  return asList(blocks);
}

function bare(message: string): string {
  return message.replace(/^\[ERROR\] /, '');
}

function readMetadata(args: Args): Obj | undefined {
  const metadata = args.object('metadata', 'invalid_metadata_format');
  if (!metadata || Object.keys(metadata).length === 0) return metadata;
  const { event_type: type, event_payload: payload, ...rest } = metadata;
  const entities = 'entities' in rest;
  const typed = typeof type === 'string' && type !== '' && typeof payload === 'object' && payload !== null;
  if (!typed && !entities) throw new ApiError('invalid_metadata_format');
  if (Buffer.byteLength(JSON.stringify(metadata)) > METADATA_BYTES) throw new ApiError('metadata_too_large');
  return metadata;
}

/** Reads and checks what a message is to say. Throws the platform's error for what it would refuse. */
export function readContent(args: Args, long: 'cut' | 'refuse'): Content {
  const blocks = readBlocks(args);
  const attachments = args.list('attachments', 'invalid_attachments');
  if (attachments && attachments.length > ATTACHMENTS) throw new ApiError('too_many_attachments');
  const text = args.text('text');
  const markdown = args.text('markdown_text');
  if (markdown !== undefined) {
    if (text || blocks) throw new ApiError('markdown_text_conflict');
    if (markdown.length > MARKDOWN) throw new ApiError('msg_too_long');
    return { ...withMetadata(args), text: markdown, blocks: [{ type: 'markdown', text: markdown }] };
  }
  if (long === 'refuse' && text !== undefined && text.length > TEXT_REFUSED)
    throw new ApiError('msg_too_long');
  return {
    ...withMetadata(args),
    ...(text === undefined ? {} : { text: escapeLoose(text.slice(0, TEXT_CUT)) }),
    ...(blocks ? { blocks } : {}),
    ...(attachments ? { attachments: asList(attachments) } : {}),
  };
}

function withMetadata(args: Args): Content {
  const metadata = readMetadata(args);
  return metadata ? { metadata } : {};
}

/** Throws `no_text` for a message that would show nothing. */
export function mustSay(content: Content): void {
  const empty = asText(content.text).trim() === '' && !content.blocks?.length && !content.attachments?.length;
  if (empty) throw new ApiError('no_text');
}
