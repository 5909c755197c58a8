import type { Api } from 'grammy';
import { type Answer, clip, type Log, plain } from '../../core/index.ts';
import { whyOf } from './api.ts';
import { MAX_TOAST } from './limits.ts';

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

/** Answers presses beside the polling, which does not wait for it: the answer is cosmetic and lives for seconds. */
export class Toaster {
  readonly #api: Api;
  readonly #log: Log;
  readonly #under = new Set<Promise<void>>();

  constructor(api: Api, log: Log) {
    this.#api = api;
    this.#log = log;
  }

  /** Starts answering; a failure is written to the log and nothing else. */
  show({ callback_query_id, ...rest }: Toast): void {
    const call = this.#api.answerCallbackQuery(callback_query_id, rest).then(
      () => undefined,
      (error: unknown) => this.#log.info('telegram: a press was not answered', { why: whyOf(error) }),
    );
    this.#under.add(call);
    void call.then(() => this.#under.delete(call));
  }

  /** Resolves when no answer is on its way. */
  async settled(): Promise<void> {
    await Promise.all(this.#under);
  }
}

/** Core has words for these only where a platform waits for them; that they come here is a fault worth a line. */
export function noteUnshown(answer: Answer, log: Log): void {
  if (answer.type !== 'nothing') log.warn('telegram: an answer could not be shown', { type: answer.type });
}
