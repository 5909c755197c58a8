import type { Fault } from '../model.ts';

/** The faults that lie in wait. */
export class Faults {
  #waiting: { fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    this.#waiting.push({ fault, left: fault.times ?? 1 });
  }

  clear(): void {
    this.#waiting = [];
  }

  /** The oldest fault that matches, for example, `POST /chat.postMessage`; it is used up by one. */
  take(request: string): Fault | undefined {
    const found = this.#waiting.find(({ fault }) => new RegExp(fault.match).test(request));
    if (!found) return undefined;
    found.left -= 1;
    if (found.left <= 0) this.#waiting = this.#waiting.filter(entry => entry !== found);
    return found.fault;
  }
}
