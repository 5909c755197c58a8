import type { RequestRecord } from '../model.ts';

// The newest requests that are kept: model.ts promises this number.
const KEPT = 50_000;

/** The log of all requests the platform received. */
export class RequestLog {
  readonly #listeners = new Set<(request: RequestRecord) => void>();
  #records: RequestRecord[] = [];

  get records(): readonly RequestRecord[] {
    return this.#records;
  }

  on(listener: (request: RequestRecord) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  add(record: RequestRecord): void {
    this.#records.push(record);
    if (this.#records.length > KEPT * 1.1) this.#records = this.#records.slice(-KEPT);
    for (const listener of [...this.#listeners]) listener(record);
  }
}
