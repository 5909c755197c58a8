import { type Address, type Answer, clip, type Log, literal, plain } from '../../core/index.ts';
import { type Clients, whyOf } from './api.ts';
import { limits, MAX_TOAST } from './limits.ts';
import { aside } from './outlet.ts';
import { spotOf } from './place.ts';
import type { Understood } from './receive.ts';
import { format } from './render.ts';

/** The arguments of `answerCallbackQuery`, which ends the spinner on a pressed button. */
export interface Toast {
  readonly callback_query_id: string;
  readonly text?: string;
  /** A window that has to be closed, for what is too long to be read in passing. */
  readonly show_alert?: boolean;
}

/** A notice longer than this, in UTF-16 units, does not fit the strip at the top of a phone. */
const GLANCE = 60;

/**
 * The answer to a press. What core says to a Telegram customer comes as a delivery, so normally there is nothing to show; a short
 * refusal is shown here, cut at 200.
 */
export function toastOf(callbackId: string, answer: Answer): Toast {
  const id = { callback_query_id: callbackId };
  if (answer.type !== 'say') return id;
  const text = clip(plain(answer.text), MAX_TOAST);
  return text.length > GLANCE ? { ...id, text, show_alert: true } : { ...id, text };
}

/** What follows an update besides its effect: nobody waits for it, and it is lost when it fails. */
export class Aftermath {
  readonly #clients: Clients;
  readonly #log: Log;
  readonly #namePlease: string;
  readonly #under = new Set<Promise<void>>();

  /** `namePlease`: what staff read who write anonymously. */
  constructor(clients: Clients, log: Log, namePlease: string) {
    this.#clients = clients;
    this.#log = log;
    this.#namePlease = namePlease;
  }

  /** Shows what core says at once. `toasted`: the press was answered already. */
  show(understood: Understood, answer: Answer, toasted = false): void {
    const { press, asked, anonymous } = understood;
    if (anonymous !== undefined)
      this.#say(anonymous.place, anonymous.ref, { type: 'say', text: this.#namePlease });
    if (press !== undefined) {
      if (!toasted) this.#toast(toastOf(press.id, answer));
      this.#tidy(understood);
    } else if (asked !== undefined) this.#say(asked.place, asked.ref, answer);
    // Core has words only where a platform waits for them; that they come here is a fault worth a line.
    else if (answer.type !== 'nothing')
      this.#log.warn('telegram: an answer could not be shown', { type: answer.type });
  }

  /** Resolves when nothing of it is on its way. */
  async settled(): Promise<void> {
    await Promise.all(this.#under);
  }

  #toast({ callback_query_id, ...rest }: Toast): void {
    this.#run('a press was not answered', api => api.answerCallbackQuery(callback_query_id, rest));
  }

  /** In the chat of a person a question that was answered loses its buttons. The desk's cards change by themselves. */
  #tidy({ press, inbound }: Understood): void {
    const [pressed] = inbound;
    const { chatId, messageId } = press ?? {};
    if (pressed?.type !== 'pressed' || !pressed.direct || chatId === undefined || messageId === undefined)
      return;
    this.#run('old buttons were not taken away', api => api.editMessageReplyMarkup(chatId, messageId));
  }

  /** The answer to a command, under the command. */
  #say(place: Address, ref: string, answer: Answer): void {
    const spot = spotOf(place);
    if (answer.type !== 'say' || spot === undefined) {
      if (answer.type !== 'nothing')
        this.#log.warn('telegram: an answer could not be shown', { type: answer.type });
      return;
    }
    const whole = limits.measure(answer.text) <= limits.text;
    const { text, entities } = format(
      whole ? answer.text : literal(clip(plain(answer.text), limits.text - 200)),
    );
    const rest = { entities: [...entities], link_preview_options: { is_disabled: true } };
    const where = aside({ replyTo: ref, buttons: answer.buttons ?? [] }, spot);
    this.#run('an answer was not shown', api => api.sendMessage(spot.chatId, text, { ...rest, ...where }));
  }

  #run(trouble: string, act: (api: Clients['calls']) => Promise<unknown>): void {
    const call = act(this.#clients.calls).then(
      () => undefined,
      (error: unknown) => this.#log.info(`telegram: ${trouble}`, { why: whyOf(error) }),
    );
    this.#under.add(call);
    void call.then(() => this.#under.delete(call));
  }
}
