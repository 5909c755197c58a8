/** Files, both ways. Theirs are behind the bot's token, ours are put there in three steps. */
import type { webApi } from '@slack/bolt';
import {
  clip,
  type Fetched,
  type FetchFile,
  type Log,
  type Outbound,
  type OutboundFile,
  type Receipt,
  whyOf,
} from '../../core/index.ts';
import { receiptOf, wordsFor } from './api.ts';
import { SLACK_API, type SlackConfig } from './config.ts';
import { textBlocks } from './controls.ts';
import { send, upTo } from './wire.ts';

/** How long one file may take altogether, milliseconds. */
const FILE_MS = 120_000;
/** Milliseconds until a file is asked for, or sent, again when Slack gives no time. */
const AGAIN = 10_000;
/** Longest description of a picture, "max 1,000 characters": https://docs.slack.dev/reference/methods/files.getUploadURLExternal */
const ALT = 1_000;

/** Where Slack keeps files: its own, and GovSlack's (https://docs.slack.dev/govslack). */
const HOSTS: ReadonlySet<string> = new Set(['files.slack.com', 'files.slack-gov.com']);

/** Whether an address is Slack's own, or of where the API is: only there the token goes. */
function isSlacks(link: string, apiUrl: string | undefined): boolean {
  if (!URL.canParse(link)) return false;
  const { protocol, host, username } = new URL(link);
  if (username !== '') return false;
  const api = new URL(apiUrl ?? SLACK_API);
  return (protocol === 'https:' && HOSTS.has(host)) || (protocol === api.protocol && host === api.host);
}

const refused = (why: string): Fetched => ({ outcome: 'refused', why });
const again = (why: string, afterMs = AGAIN): Fetched => ({ outcome: 'retry', afterMs, why });

/** Asks where the file is now, and gets it from there (files:read). */
export function createFetchFile(web: webApi.WebClient, config: SlackConfig): FetchFile {
  const { apiUrl, botToken, log } = config;
  return async ({ source }, maxBytes) => {
    if (!/^F[A-Z0-9]{2,40}$/.test(source)) return refused('not a file of Slack');
    try {
      const { file } = await web.files.info({ file: source });
      const link = file?.url_private_download || file?.url_private;
      if (!link || !isSlacks(link, apiUrl)) return refused('the file lies outside of Slack');
      const headers = { authorization: `Bearer ${botToken}` };
      const answer = await send({ url: link, method: 'GET', headers, withinMs: FILE_MS });
      // Who may not read a file is shown the page to sign in.
      const isPage = answer.headers['content-type']?.startsWith('text/html') === true;
      if (answer.statusCode === 200 && (!isPage || file?.mimetype === 'text/html'))
        return { outcome: 'fetched', bytes: upTo(answer, maxBytes) };
      answer.resume();
      return notFetched(answer.statusCode ?? 0, Number(answer.headers['retry-after']));
    } catch (error) {
      log.warn('slack: a file could not be fetched', { why: wordsFor(error) });
      const receipt = receiptOf(error, log);
      if (receipt.outcome === 'retry') return again(receipt.why, receipt.afterMs);
      return receipt.outcome === 'refused' ? refused(receipt.why) : again(whyOf(error));
    }
  };
}

function notFetched(status: number, seconds: number): Fetched {
  if (status === 429 || status >= 500)
    return again(`HTTP ${status}`, seconds > 0 ? Math.min(seconds, 600) * 1000 : AGAIN);
  return refused(status === 200 || status === 302 ? 'the app may not read the file' : `HTTP ${status}`);
}

/** The name in Slack's store carries the delivery's id, which nobody is shown: what they see is the title. `find` looks for it. */
export function nameFor({ name }: OutboundFile, deliveryId: string): string {
  const dot = name.lastIndexOf('.');
  const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  return `${stem}-${deliveryId}${ending}`;
}

/** Whether a name in Slack's store carries this id. */
export function carriesId(name: string, deliveryId: string): boolean {
  return name.replace(/\.[^.]*$/, '').endsWith(`-${deliveryId}`) || name.endsWith(`-${deliveryId}`);
}

interface File {
  readonly id: string;
  readonly title: string;
}

interface At {
  readonly channel: string;
  readonly thread?: string;
}

/** Sends a message with its files (files:write): https://docs.slack.dev/messaging/working-with-files#upload */
export function createPostFiles(web: webApi.WebClient, apiUrl: string | undefined, log: Log) {
  return async (message: Outbound, { channel, thread }: At): Promise<Receipt> => {
    const files: File[] = [];
    for (const file of message.files ?? []) {
      const id = await upload(web, apiUrl, log, file, nameFor(file, message.id));
      if (typeof id !== 'string') return id;
      files.push({ id, title: file.name });
    }
    const [first, ...others] = files;
    if (!first) return { outcome: 'refused', code: 'invalid', why: 'there is no file' };
    const blocks = message.text === '' ? {} : { blocks: textBlocks(message.text, message.buttons) };
    const all: [File, ...File[]] = [first, ...others];
    const share = { files: all, ...blocks };
    try {
      await web.files.completeUploadExternal(
        thread ? { ...share, channel_id: channel, thread_ts: thread } : { ...share, channel_id: channel },
      );
    } catch (error) {
      return receiptOf(error, log);
    }
    const ref = await sharedAs(web, first.id, channel);
    return { outcome: 'delivered', ...(ref && { ref }) };
  };
}

/** Puts one file into Slack's store. Nobody sees it before it is shared: whatever fails may be done again. */
async function upload(
  web: webApi.WebClient,
  apiUrl: string | undefined,
  log: Log,
  file: OutboundFile,
  filename: string,
): Promise<string | Receipt> {
  try {
    const alt = file.alt ? { alt_txt: clip(file.alt, ALT) } : {};
    const asked = await web.files.getUploadURLExternal({ filename, length: file.size, ...alt });
    const { upload_url: url, file_id: id } = asked;
    if (!id || !url || !isSlacks(url, apiUrl)) return notYet('Slack gave no place for the file');
    const body = await file.read();
    const headers = { 'content-type': 'application/octet-stream' };
    const answer = await send({ url, method: 'POST', headers, body, withinMs: FILE_MS });
    answer.resume();
    return answer.statusCode === 200 ? id : notYet(`HTTP ${answer.statusCode}`);
  } catch (error) {
    const receipt = receiptOf(error, log);
    return receipt.outcome === 'unknown' ? notYet(receipt.why) : receipt;
  }
}

const notYet = (why: string): Receipt => ({ outcome: 'retry', afterMs: AGAIN, scope: 'place', why });

/** The message that shows the file, where Slack knows it already: it shares files in its own time. */
async function sharedAs(web: webApi.WebClient, id: string, channel: string): Promise<string | undefined> {
  try {
    const { file } = await web.files.info({ file: id });
    const { public: open = {}, private: closed = {} } = file?.shares ?? {};
    return [...(open[channel] ?? []), ...(closed[channel] ?? [])][0]?.ts;
  } catch {
    // Without it the message can neither be changed nor taken back; that it was sent is certain.
    return undefined;
  }
}
