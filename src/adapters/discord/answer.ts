import type { APIInteractionResponse } from 'discord-api-types/v10';
import { InteractionResponseType, MessageFlags } from 'discord-api-types/v10';
import type { Answer, Button, FormView } from '../../core/index.ts';
import { literalInline, oneLine, splitMarkdown } from '../../core/index.ts';
import type { TextWanted } from './asked.ts';
import type { WindowWords } from './controls.ts';
import { buttonRows, modalOf, textModal } from './controls.ts';
import { discordLimits, limits } from './limits.ts';
import { escapeText, quiet, toDiscord } from './render.ts';

/** Types of interactions (Interaction object). */
export const interactionTypes = { ping: 1, command: 2, component: 3, autocomplete: 4, modal: 5 } as const;

/** A message for one person's eyes. */
export interface PrivateMessage {
  content: string;
  components: ReturnType<typeof buttonRows>;
  allowed_mentions: typeof quiet;
  flags: MessageFlags;
}

/** CommonMark as a message that only the asker sees; what does not fit into one is cut. */
export function privately(markdown: string, buttons: readonly Button[] = []): PrivateMessage {
  const [first = ''] = splitMarkdown(markdown, limits.text, limits.measure);
  const content = toDiscord(first).slice(0, discordLimits.content);
  return {
    content: content || '\u200B',
    components: buttonRows(buttons),
    allowed_mentions: quiet,
    flags: MessageFlags.Ephemeral | MessageFlags.SuppressEmbeds,
  };
}

/** What somebody said in a window, under their name; notifies nobody. */
function openly(name: string, text: string) {
  const [first = ''] = splitMarkdown(text, limits.text - 300, limits.measure);
  const content = `**${escapeText(oneLine(name, 80))}**\n${toDiscord(first)}`.slice(0, discordLimits.content);
  return { content, allowed_mentions: quiet, flags: MessageFlags.SuppressEmbeds };
}

/** What to show: what core answers, or a window of the adapter's own. */
export type Shown =
  | Answer
  | { readonly type: 'text-wanted'; readonly wanted: TextWanted }
  /** What somebody said in a window, for all to see. */
  | { readonly type: 'spoken'; readonly name: string; readonly text: string };

/** The words that an answer may need. `done` is said where Discord insists on words. */
export interface AnswerWords extends WindowWords {
  readonly done: string;
}

/** What to show besides a window; `undefined` when there is nothing to show. */
export function messageFor(answer: Shown): PrivateMessage | undefined {
  if (answer.type === 'say') return privately(answer.text, answer.buttons);
  if (answer.type === 'faults') return privately(faults(answer.form, answer.text), [answer.retry]);
  return undefined;
}

/** The first answer to an interaction of this type, as it goes over HTTP or to the callback. */
export function responseFor(answer: Shown, type: number, words: AnswerWords): APIInteractionResponse {
  if (type === interactionTypes.autocomplete) return choicesFor(answer);
  const { Modal } = InteractionResponseType;
  if (answer.type === 'form' && type !== interactionTypes.modal)
    return { type: Modal, data: modalOf(answer.form, words) };
  if (answer.type === 'text-wanted')
    return { type: Modal, data: textModal(answer.wanted, words.textFor(answer.wanted)) };
  const message = answer.type === 'spoken' ? openly(answer.name, answer.text) : messageFor(answer);
  if (message) return { type: InteractionResponseType.ChannelMessageWithSource, data: message };
  if (type === interactionTypes.component) return { type: InteractionResponseType.DeferredMessageUpdate };
  return { type: InteractionResponseType.ChannelMessageWithSource, data: privately(words.done) };
}

/** Choices while something is being typed; none for any other answer, and none that Discord would refuse all for. */
function choicesFor(answer: Shown): APIInteractionResponse {
  const given = answer.type === 'choices' ? answer.choices : [];
  const choices = given
    .map(({ label, value }) => ({ name: oneLine(label, discordLimits.choice), value }))
    .filter(({ name, value }) => name !== '' && value !== '' && value.length <= discordLimits.choice)
    .slice(0, discordLimits.choices);
  return { type: InteractionResponseType.ApplicationCommandAutocompleteResult, data: { choices } };
}

/** A modal cannot be shown again after it was sent: the errors are listed, and a button opens it anew. */
function faults(form: FormView, text: string): string {
  const lines = form.fields
    .filter(field => field.error !== undefined)
    .map(field => `- **${literalInline(field.label)}**: ${literalInline(field.error ?? '')}`);
  return [text, lines.join('\n')].filter(Boolean).join('\n\n');
}
