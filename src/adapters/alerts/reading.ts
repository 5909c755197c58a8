import { z } from 'zod';
import { type Alert, type AlertFault, oneLine, type SupplierWork } from '../../core/index.ts';
import { limits } from './limits.ts';

/** What came of reading a body: its alerts, or what is wrong with it. */
export type Reading =
  | {
      readonly alerts: readonly Alert[];
      readonly works?: readonly SupplierWork[];
      readonly truncated?: number;
    }
  | {
      readonly fault: {
        readonly status: 400;
        readonly title: string;
        readonly faults?: readonly AlertFault[];
      };
    };

/** Reads the body of one kind of source. Never throws, whatever the body. */
export type ReadAlerts = (body: string, now: Date) => Reading;

/** Whatever stands there, if anything does. */
export const anything = z.unknown().optional();

/** Faults that one answer names. */
const NAMED = 20;

/** The body as JSON of this shape, made into alerts. `what` tells whoever sends it what to send. */
export function reading<S extends z.ZodType>(
  body: string,
  shape: S,
  what: string,
  make: (value: z.output<S>) => Reading,
): Reading {
  const value = jsonIn(body);
  if (value === undefined) return { fault: { status: 400, title: `The body is no whole JSON; ${what}` } };
  return shaped(value, shape, what, make);
}

/** A value of this shape, made into alerts. */
export function shaped<S extends z.ZodType>(
  value: unknown,
  shape: S,
  what: string,
  make: (value: z.output<S>) => Reading,
): Reading {
  const parsed = shape.safeParse(value);
  if (parsed.success) return make(parsed.data);
  const faults = parsed.error.issues.slice(0, NAMED).map(({ path, message }) => ({
    path: path.map(part => (typeof part === 'number' ? part : String(part))),
    detail: message,
  }));
  return { fault: { status: 400, title: `The body is not what is expected; ${what}`, faults } };
}

/** What a text is as JSON; undefined when it is none. */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A short text that can be kept and shown on one line; empty for what is no text. */
export function short(value: unknown, most: number): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' ? oneLine(value.slice(0, most * 4), most) : '';
}

/** Labels that can be kept: those with a name and a value, the first of a long list. */
export function labelsOf(pairs: Iterable<readonly [name: string, value: unknown]>): Record<string, string> {
  const kept: [string, string][] = [];
  for (const [name, value] of pairs) {
    if (kept.length >= limits.labels) break;
    const [label, text] = [short(name, limits.label), short(value, limits.value)];
    if (label !== '' && text !== '') kept.push([label, text]);
  }
  return Object.fromEntries(kept);
}

/** The first of several texts that says something. */
export function firstOf(...texts: readonly unknown[]): string {
  for (const one of texts) {
    const text = short(one, limits.summary);
    if (text !== '') return text;
  }
  return '';
}

/** A moment as ISO 8601; undefined for what is none, for year 1 (Go's "not yet"), and for years that no clock shows. */
export function momentIn(value: unknown): Date | undefined {
  if (typeof value !== 'string' || value.length > 40) return undefined;
  const at = new Date(value);
  const year = at.getUTCFullYear();
  return year >= 2000 && year < 2100 ? at : undefined;
}
