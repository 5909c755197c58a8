import { Api } from 'grammy';
import {
  startTelegram,
  type TelegramOptions,
  type TelegramSimulator,
} from '../../../src/simulator/telegram/index.ts';

/** A clock that stands still until it is moved. */
export class HandClock {
  #now = Date.UTC(2026, 10, 22, 12, 0, 0);

  now(): number {
    return this.#now;
  }

  pass(milliseconds: number): void {
    this.#now += milliseconds;
  }
}

const running: TelegramSimulator[] = [];

/** A pretend Telegram with a clock under the test's hand, and a real grammY client for it. */
export async function open(
  options: TelegramOptions = {},
): Promise<{ telegram: TelegramSimulator; api: Api; clock: HandClock }> {
  const clock = new HandClock();
  const telegram = await startTelegram({ clock, ...options });
  running.push(telegram);
  return { telegram, clock, api: new Api(telegram.botToken, { apiRoot: telegram.url }) };
}

/** Stops all that a test opened. */
export async function closeAll(): Promise<void> {
  await Promise.all(running.splice(0).map(telegram => telegram.stop()));
}

/** The description that a call was refused with; fails when it was not refused. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  const answer: unknown = await call.then(
    () => undefined,
    cause => cause,
  );
  if (typeof answer === 'object' && answer !== null && 'description' in answer)
    return String(answer.description);
  throw answer ?? new Error('the call was not refused');
}
