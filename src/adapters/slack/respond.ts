/** The core's answer → what the person sees at once: a form, a private line, errors at the fields. */
import type { types, webApi } from '@slack/bolt';
import type { Answer, Button, FormView, Log, Phrasebook, RawResponse, Sender } from '../../core/index.ts';
import { wordsFor } from './api.ts';
import { SLACK_API } from './config.ts';
import { formView, type Meta, noticeView, readValues, textBlocks } from './controls.ts';
import type { Reply } from './heard.ts';
import { within } from './identify.ts';
import type { View } from './payloads.ts';
import { fallback } from './render.ts';
import { send } from './wire.ts';

/** Milliseconds the answer waits for a form to open: Slack waits 3,000 in all, of which a name may have taken 1,500. */
const OPENING = 1_200;
/** Above a window that has no title of its own. */
const NAME = 'Switchdesk';
/** Of a private line over a response URL; the acknowledgement does not wait for all of it. */
const LINE = 5_000;

type To<K extends Reply['to']> = Extract<Reply, { to: K }>;
type Say = Extract<Answer, { type: 'say' }>;
type Shown = Extract<Answer, { type: 'form' | 'faults' }>;

/** What was found out on the way. */
interface State {
  takesFiles: boolean;
}

interface Tools {
  readonly state: State;
  readonly web: webApi.WebClient;
  readonly apiUrl: string | undefined;
  readonly phrases: Phrasebook;
  readonly log: Log;
}

/** Answers one event. Never rejects. */
export type Respond = (reply: Reply, answer: Answer, from: Sender) => Promise<RawResponse>;

const ok: RawResponse = { status: 200, body: '' };

const json = (body: unknown): RawResponse => ({
  status: 200,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify(body),
});

export function createRespond(given: Omit<Tools, 'state'>): Respond {
  const tools: Tools = { ...given, state: { takesFiles: true } };
  return async (reply, answer, from) => {
    if (reply.to === 'submission') return toSubmission(tools, reply, answer);
    if (answer.type === 'nothing' || answer.type === 'choices' || reply.to === 'nobody') return ok;
    if (reply.to === 'home') return toHome(tools, reply, answer, from);
    if (reply.to === 'thread') return toThread(tools, reply, answer);
    if (reply.to === 'command') return toCommand(tools, reply, answer, from);
    if (reply.to === 'message') return toMessage(tools, reply, answer, from);
    return toView(tools, reply, answer);
  };
}

function toSubmission(tools: Tools, { view, meta }: To<'submission'>, answer: Answer): RawResponse {
  switch (answer.type) {
    case 'nothing':
    case 'choices':
      return ok;
    case 'form':
      return json({ response_action: 'update', view: windowOf(tools, answer.form, meta) });
    case 'say':
      return json({
        response_action: answer.done ? 'update' : 'push',
        view: noticeView(answer.title ?? view.title?.text ?? '', answer.text, answer.buttons ?? [], meta),
      });
    case 'faults':
      return json(faults(tools, answer, view, meta));
  }
}

/** Errors stand at the fields where the form on the screen has them all; else the form is shown anew with them beneath. */
function faults(tools: Tools, answer: Extract<Answer, { type: 'faults' }>, view: View, meta: Meta): unknown {
  const wrong = answer.form.fields.flatMap(({ id, error }) => (error ? [[id, error] as const] : []));
  const there = new Set(view.blocks.flatMap(block => (block.type === 'input' ? [block.block_id] : [])));
  if (wrong.length > 0 && wrong.every(([id]) => there.has(id)))
    return { response_action: 'errors', errors: Object.fromEntries(wrong) };
  return { response_action: 'update', view: windowOf(tools, answer.form, meta, {}, answer.text) };
}

async function toCommand(
  tools: Tools,
  reply: To<'command'>,
  answer: Say | Shown,
  from: Sender,
): Promise<RawResponse> {
  if (answer.type === 'say') return json(privately(answer));
  const opened = await openForm(tools, reply, answer, from);
  return opened ? ok : json(privately(tryAgain(tools, answer.form)));
}

/** A window opens over the page. */
async function toHome(
  tools: Tools,
  { trigger }: To<'home'>,
  answer: Say | Shown,
  from: Sender,
): Promise<RawResponse> {
  const place = from.externalId;
  if (answer.type !== 'say') {
    await openForm(tools, { trigger, place }, answer, from);
    return ok;
  }
  const meta: Meta = {
    draft: '',
    page: 'all',
    locale: from.locale ?? '',
    place,
    name: from.name ?? '',
    kept: {},
  };
  const view = noticeView(answer.title ?? NAME, answer.text, answer.buttons ?? [], meta);
  await within(OPENING, done(tools, 'a notice', tools.web.views.open({ trigger_id: trigger, view })));
  return ok;
}

/** https://docs.slack.dev/reference/methods/chat.postEphemeral */
async function toThread(
  tools: Tools,
  { channel, thread, user }: To<'thread'>,
  answer: Say | Shown,
): Promise<RawResponse> {
  const { text, blocks } = privately(answer.type === 'say' ? answer : tryAgain(tools, answer.form));
  const line = tools.web.chat.postEphemeral({ channel, thread_ts: thread, user, text, blocks });
  await within(OPENING, done(tools, 'a line', line));
  return ok;
}

async function toMessage(
  tools: Tools,
  reply: To<'message'>,
  answer: Say | Shown,
  from: Sender,
): Promise<RawResponse> {
  if (answer.type !== 'say' && (await openForm(tools, reply, answer, from))) return ok;
  const line = answer.type === 'say' ? answer : tryAgain(tools, answer.form);
  await within(OPENING, sendLine(tools, reply, line));
  return ok;
}

/** The form is open already: it changes, and keeps what was typed in it. */
async function toView(tools: Tools, reply: To<'view'>, answer: Say | Shown): Promise<RawResponse> {
  const { view, meta, trigger } = reply;
  const { web } = tools;
  if (answer.type === 'say') {
    const shown = noticeView(answer.title ?? view.title?.text ?? '', answer.text, answer.buttons ?? [], meta);
    const change = answer.done
      ? web.views.update({ view_id: view.id, hash: view.hash, view: shown })
      : web.views.push({ trigger_id: trigger, view: shown });
    await within(OPENING, done(tools, 'a notice', change));
    return ok;
  }
  const notice = answer.type === 'faults' ? answer.text : '';
  const shown = windowOf(tools, answer.form, meta, readValues(view), notice);
  const change = web.views.update({ view_id: view.id, hash: view.hash, view: shown });
  await within(OPENING, done(tools, 'a form', change));
  return ok;
}

/** False when the form is certainly not open. Too late to know counts as open: the person sees it, or asks again. */
async function openForm(
  tools: Tools,
  { trigger, place }: { trigger: string; place: string },
  answer: Shown,
  from: Sender,
): Promise<boolean> {
  const meta: Meta = {
    draft: answer.form.draft,
    page: answer.form.page,
    locale: answer.form.locale,
    place,
    name: from.name ?? '',
    kept: {},
  };
  const notice = answer.type === 'faults' ? answer.text : '';
  const open = () =>
    tools.web.views.open({ trigger_id: trigger, view: windowOf(tools, answer.form, meta, {}, notice) });
  const opening = open().catch((error: unknown) => {
    if (!tools.state.takesFiles || !isWrongView(error)) throw error;
    tools.state.takesFiles = false;
    tools.log.warn('slack: forms have no field for files: the app needs files:read', {});
    return open();
  });
  return (await within(OPENING, done(tools, 'a form', opening))) !== false;
}

/** What Slack says to a view with a field that the app has no right to. */
const isWrongView = (error: unknown): boolean =>
  ['invalid_arguments', 'missing_scope'].includes(wordsFor(error));

/** A form as a window, with a field for files where the app may read them. */
function windowOf(
  { phrases, state }: Tools,
  form: FormView,
  meta: Meta,
  typed: Readonly<Record<string, string>> = {},
  notice = '',
): types.ModalView {
  const say = (key: string): string => phrases.say(form.locale, key);
  const files = { label: say('form-files'), hint: say('form-files-hint') };
  const takesFiles = state.takesFiles && form.page !== 'link';
  return formView(form, meta, typed, notice, takesFiles ? files : undefined);
}

async function done(tools: Tools, what: string, call: Promise<unknown>): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (error) {
    tools.log.warn(`slack: ${what} could not be shown`, { why: wordsFor(error) });
    return false;
  }
}

const tryAgain = ({ phrases }: Tools, { locale }: FormView): Say => ({
  type: 'say',
  text: phrases.say(locale, 'try-again'),
});

interface Line {
  readonly response_type: 'ephemeral';
  readonly replace_original: false;
  readonly text: string;
  readonly blocks: types.KnownBlock[];
}

/** For the asker's eyes only: https://docs.slack.dev/interactivity/handling-user-interaction#ephemeral_response */
function privately({
  text,
  title,
  buttons,
}: {
  text: string;
  title?: string;
  buttons?: readonly Button[];
}): Line {
  return {
    response_type: 'ephemeral',
    replace_original: false,
    text: fallback(text),
    blocks: textBlocks(text, buttons, title),
  };
}

async function sendLine(tools: Tools, { responseUrl, thread }: To<'message'>, line: Say): Promise<void> {
  if (!responseUrl || !isSlacks(responseUrl, tools.apiUrl)) {
    tools.log.warn('slack: an answer had no way back', { given: Boolean(responseUrl) });
    return;
  }
  try {
    const answer = await send({
      url: responseUrl,
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ ...privately(line), ...(thread && { thread_ts: thread }) }),
      withinMs: LINE,
    });
    answer.resume();
    const { statusCode: status } = answer;
    if (status !== 200) tools.log.warn('slack: an answer was not taken', { status });
  } catch (error) {
    tools.log.warn('slack: an answer was not taken', { why: wordsFor(error) });
  }
}

/** Where response URLs are: Slack's, GovSlack's (https://docs.slack.dev/govslack), and beside another server of the API. */
const HOOKS: ReadonlySet<string> = new Set(['hooks.slack.com', 'hooks.slack-gov.com']);

/** Whether a response URL is Slack's own, or of where the API is. */
export function isSlacks(responseUrl: string, apiUrl: string | undefined): boolean {
  if (!URL.canParse(responseUrl)) return false;
  const url = new URL(responseUrl);
  const api = new URL(apiUrl ?? SLACK_API);
  if (url.protocol === 'https:' && (HOOKS.has(url.host) || url.host === `hooks.${api.host}`)) return true;
  return url.protocol === api.protocol && url.host === api.host;
}
