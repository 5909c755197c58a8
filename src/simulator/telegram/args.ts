import { badRequest } from './errors.ts';

/** An uploaded file of a multipart request. */
export interface Upload {
  readonly filename: string;
  readonly mime: string;
  readonly data: Uint8Array;
}

/**
 * The arguments of one call. Like the real server, values are kept as text whatever their encoding was:
 * objects and arrays of a JSON body as JSON text, so that a form and a JSON body mean the same.
 */
export class Args {
  readonly values = new Map<string, string>();
  readonly files = new Map<string, Upload>();

  /** Takes a decoded value in; null and undefined count as absent. */
  set(name: string, value: unknown): void {
    if (value === null || value === undefined) return;
    this.values.set(name.toLowerCase(), typeof value === 'string' ? value : JSON.stringify(value));
  }

  has(name: string): boolean {
    return this.values.has(name);
  }

  /** The text, or '' when absent. */
  text(name: string): string {
    return this.values.get(name) ?? '';
  }

  /** A whole number; `fallback` when absent or not a number, as the real server does for optional numbers. */
  int(name: string, fallback: number): number {
    const raw = this.values.get(name);
    return raw !== undefined && /^-?\d+$/.test(raw) ? Number(raw) : fallback;
  }

  /** `true`, `yes` and `1` are true, all else is false (telegram-bot-api, to_bool). */
  flag(name: string): boolean {
    return ['true', 'yes', '1'].includes(this.text(name).toLowerCase());
  }

  /** Parsed JSON, or undefined when absent or empty. `what` names it in the error. */
  json(name: string, what: string): unknown {
    const raw = this.text(name);
    if (raw === '') return undefined;
    try {
      return JSON.parse(raw) as unknown;
    } catch (cause) {
      if (cause instanceof SyntaxError) throw badRequest(`can't parse ${what} JSON object`);
      throw cause;
    }
  }
}

/** Tells a JSON object from everything else. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
