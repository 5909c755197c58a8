import type { Fault } from '../model.ts';

/** Faults that lie in wait, taken in the order they were laid. */
export class Faults {
  #waiting: { fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    this.#waiting.push({ fault, left: fault.times ?? 1 });
  }

  clear(): void {
    this.#waiting = [];
  }

  /** The fault for this request, used up by one. */
  take(method: string, path: string): Fault | undefined {
    const hit = this.#waiting.find(one => one.left > 0 && one.fault.match.test(`${method} ${path}`));
    if (!hit) return undefined;
    hit.left -= 1;
    return hit.fault;
  }
}
