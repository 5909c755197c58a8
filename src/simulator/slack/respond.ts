import { asList, asText, type Obj } from './json.ts';
import { changeMessage, deleteMessage, postMessage } from './messages.ts';
import type { Sim } from './sim.ts';
import { checkMessageBlocks } from './validate.ts';
import type { ResponseUrl } from './world.ts';

// https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
const USES = 5;
const LIFE_MS = 30 * 60_000;

/** `&` that begins none of the three entities is escaped by Slack itself. */
export function escapeLoose(text: string): string {
  return text.replace(/&(?!amp;|lt;|gt;)/g, '&amp;');
}

/** Does what an answer to an interaction says. Returns the platform's error code, or undefined when done. */
export function respond(sim: Sim, url: ResponseUrl, said: Obj): string | undefined {
  const { world } = sim;
  const channel = world.channels.get(url.channel);
  if (!channel) return 'channel_not_found';
  const origin = url.messageTs === undefined ? undefined : world.message(channel.id, url.messageTs);
  if (said.delete_original === true) {
    if (!origin) return 'message_not_found';
    deleteMessage(sim, origin);
    return undefined;
  }
  const blocks = asList(said.blocks);
  const attachments = asList(said.attachments);
  const text = escapeLoose(asText(said.text));
  if (text === '' && blocks.length === 0 && attachments.length === 0) return 'no_text';
  if (
    said.blocks !== undefined &&
    checkMessageBlocks(Array.isArray(said.blocks) ? said.blocks : [null]).length > 0
  ) {
    return 'invalid_blocks';
  }
  if (said.replace_original === true && origin) {
    changeMessage(sim, origin, world.app.botUser, { text, blocks, attachments });
    return undefined;
  }
  const message = postMessage(sim, {
    channel,
    user: world.app.botUser,
    text,
    ...(blocks.length > 0 ? { blocks } : {}),
    ...(attachments.length > 0 ? { attachments } : {}),
    ...(typeof said.thread_ts === 'string' ? { threadTs: said.thread_ts } : {}),
    ...(said.response_type === 'in_channel' ? {} : { onlyFor: url.user }),
  });
  if (url.messageTs === undefined) url.messageTs = message.ts;
  return undefined;
}

/** Uses a response URL once. Returns the platform's error code, or undefined when done. */
export function useResponseUrl(sim: Sim, path: string, said: Obj): string | undefined {
  const url = sim.world.responseUrls.get(path);
  if (!url) return 'no_service';
  if (sim.world.clock.now() - url.at > LIFE_MS) return 'expired_url';
  if (url.uses >= USES) return 'used_url';
  url.uses += 1;
  return respond(sim, url, said);
}
