import { ApiError, type Args } from '../args.ts';
import { addFile, fileJson, MAX_FILE, type SlackFile, visibleFile } from '../files.ts';
import { asText, isObj } from '../json.ts';
import { postMessage } from '../messages.ts';
import type { Sim } from '../sim.ts';
import { readContent } from './content.ts';
import { joinedChannel, type Method, writable } from './method.ts';

// "longer than the limit of 1000 character": https://docs.slack.dev/reference/methods/files.getUploadURLExternal
const MAX_ALT = 1000;

const info: Method = {
  scopes: ['files:read'],
  tier: 4,
  token: 'bot',
  run: ({ world }, args) => ({ file: fileJson(world, visibleFile(world, args.need('file')), true) }),
};

const getUploadUrl: Method = {
  scopes: ['files:write'],
  tier: 4,
  token: 'bot',
  run: ({ world }, args) => {
    const size = args.whole('length', 0, Number.MAX_SAFE_INTEGER);
    if (size > MAX_FILE) throw new ApiError('file_upload_size_restricted');
    const alt = args.text('alt_txt');
    if (alt !== undefined && alt.length > MAX_ALT) throw new ApiError('alt_txt_too_large');
    const file = addFile(world, { name: args.need('filename'), user: world.app.botUser, size, alt });
    return { upload_url: `${world.origin}/upload/v1/${file.id}-${world.hex(12)}`, file_id: file.id };
  },
};

function uploaded(sim: Sim, value: unknown): SlackFile {
  if (!isObj(value)) throw new ApiError('invalid_arguments');
  const file = sim.world.files.get(asText(value.id));
  if (!file || file.user !== sim.world.app.botUser || file.complete) throw new ApiError('file_not_found');
  if (file.bytes === undefined) throw new ApiError('file_not_found');
  if (typeof value.title === 'string') file.title = value.title;
  return file;
}

function share(sim: Sim, args: Args, files: readonly SlackFile[], id: string): void {
  const channel = joinedChannel(sim, id);
  const threadTs = args.text('thread_ts');
  if (threadTs && !sim.world.message(channel.id, threadTs)) throw new ApiError('thread_not_found');
  const comment = args.text('initial_comment') ?? '';
  const content = comment === '' ? readContent(args, 'refuse') : {};
  postMessage(sim, {
    channel,
    user: sim.world.app.botUser,
    ...content,
    text: comment,
    files,
    ...(threadTs ? { threadTs } : {}),
  });
}

const completeUpload: Method = {
  scopes: ['files:write'],
  tier: 4,
  token: 'bot',
  run: (sim, args) => {
    const files = (args.list('files', 'invalid_arguments') ?? []).map(value => uploaded(sim, value));
    if (files.length === 0)
      throw new ApiError('invalid_arguments', ['[ERROR] missing required field: files']);
    const channel = args.text('channel_id');
    if (channel) writable(joinedChannel(sim, channel));
    for (const file of files) file.complete = true;
    if (channel) share(sim, args, files, channel);
    return { files: files.map(({ id, title }) => ({ id, title })) };
  },
};

/** files.* */
export const fileMethods: Readonly<Record<string, Method>> = {
  'files.info': info,
  'files.getUploadURLExternal': getUploadUrl,
  'files.completeUploadExternal': completeUpload,
};
