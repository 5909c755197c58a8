import type { Fault } from '../model.ts';

/** Faults lying in wait. */
export class Faults {
  #waiting: { readonly fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    this.#waiting.push({ fault, left: fault.times ?? 1 });
  }

  clear(): void {
    this.#waiting = [];
  }

  /** The first fault that matches `COMMAND argument`, used up once. */
  take(command: string, argument: string): Fault | undefined {
    const entry = this.#waiting.find(
      ({ fault, left }) => left > 0 && fault.match.test(`${command} ${argument}`),
    );
    if (!entry) return undefined;
    entry.left -= 1;
    this.#waiting = this.#waiting.filter(({ left }) => left > 0);
    return entry.fault;
  }
}
