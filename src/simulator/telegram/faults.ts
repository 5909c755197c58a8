import type { Fault } from '../model.ts';
import { ApiError } from './errors.ts';

/** Faults lying in wait. */
export class Faults {
  #waiting: { readonly fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    this.#waiting.push({ fault, left: fault.times ?? 1 });
  }

  clear(): void {
    this.#waiting = [];
  }

  /** The first fault that matches `METHOD path`, used up once. */
  take(method: string, path: string): Fault | undefined {
    const entry = this.#waiting.find(({ fault, left }) => left > 0 && fault.match.test(`${method} ${path}`));
    if (!entry) return undefined;
    entry.left -= 1;
    this.#waiting = this.#waiting.filter(({ left }) => left > 0);
    return entry.fault;
  }
}

const CODES: Readonly<Record<string, number>> = {
  'bad request': 400,
  unauthorized: 401,
  forbidden: 403,
  'not found': 404,
  conflict: 409,
  'too many requests': 429,
  'internal server error': 500,
  'bad gateway': 502,
};

/** What a fault of kind `status` or `platform-error` is answered with. */
export function faultError(fault: Fault): ApiError {
  const description = fault.code ?? describe(fault);
  const code = fault.status ?? CODES[description.split(':')[0]?.toLowerCase() ?? ''] ?? 400;
  const wait = code === 429 ? (fault.retryAfterSeconds ?? 1) : undefined;
  return new ApiError(code, description, wait === undefined ? undefined : { retry_after: wait });
}

function describe({ status = 500, retryAfterSeconds = 1 }: Fault): string {
  if (status === 429) return `Too Many Requests: retry after ${retryAfterSeconds}`;
  const known = Object.entries(CODES).find(([, code]) => code === status)?.[0] ?? 'internal server error';
  return known.replace(/\b[a-z]/g, letter => letter.toUpperCase());
}
