import type { APIInteractionResponse, APIModalInteractionResponse } from 'discord.js';
import { InteractionResponseType, MessageFlags } from 'discord.js';
import type { Answer, Button, FormView } from '../../core/index.ts';
import { literalInline, splitMarkdown } from '../../core/index.ts';
import { buttonRows, modalOf } from './controls.ts';
import { discordLimits, limits } from './limits.ts';
import { quiet, toDiscord } from './render.ts';

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

/** What to show for an answer besides a form; `undefined` when there is nothing to show. */
export function messageFor(answer: Answer): PrivateMessage | undefined {
  if (answer.type === 'say') return privately(answer.text, answer.buttons);
  if (answer.type === 'faults') return privately(faults(answer.form, answer.text), [answer.retry]);
  return undefined;
}

/** The first answer to an interaction of this type, as it goes over HTTP or to the callback. `done` is said where Discord insists on words. */
export function responseFor(answer: Answer, type: number, done: string): APIInteractionResponse {
  if (answer.type === 'form' && type !== interactionTypes.modal) return modal(answer.form);
  const message = messageFor(answer);
  if (message) return { type: InteractionResponseType.ChannelMessageWithSource, data: message };
  if (type === interactionTypes.component) return { type: InteractionResponseType.DeferredMessageUpdate };
  return { type: InteractionResponseType.ChannelMessageWithSource, data: privately(done) };
}

function modal(form: FormView): APIModalInteractionResponse {
  return { type: InteractionResponseType.Modal, data: modalOf(form) };
}

/** A modal cannot be shown again after it was sent: the errors are listed, and a button opens it anew. */
function faults(form: FormView, text: string): string {
  const lines = form.fields
    .filter(field => field.error !== undefined)
    .map(field => `- **${literalInline(field.label)}**: ${literalInline(field.error ?? '')}`);
  return [text, lines.join('\n')].filter(Boolean).join('\n\n');
}
