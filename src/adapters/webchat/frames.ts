/** Reading what a bubble says: whatever is not exactly a frame is nothing. */
import { z } from 'zod';
import { MAX_KEY, MAX_TEXT } from './limits.ts';
import type { Deed } from './protocol.ts';

/** An id that the bubble makes, so that a frame that comes again is known. */
const key = z.string().regex(new RegExp(`^[\\w-]{8,${MAX_KEY}}$`));
/** What a button of ours carries: printable ASCII of at most 60 bytes. */
const action = z.string().regex(/^[\x21-\x7e]{1,60}$/);
const values = z
  .record(z.string().max(40), z.string().max(4000))
  .refine(all => Object.keys(all).length <= 40);
const place = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

const said = z.strictObject({
  t: z.literal('say'),
  key,
  text: z.string().max(MAX_TEXT),
  files: z
    .array(z.strictObject({ id: z.string().max(80), name: z.string().max(255) }))
    .max(50)
    .default([]),
});
const pressed = z.strictObject({
  t: z.literal('press'),
  key,
  action,
  ref: place.optional(),
  values: values.optional(),
});
const filled = z.strictObject({
  t: z.literal('submit'),
  key,
  page: z.enum(['all', 'base', 'facts', 'link', 'notify', 'details', 'by-mail']),
  draft: z.string().max(20),
  values,
});
const read = z.strictObject({ t: z.literal('seen'), seq: place });

const deed = z.discriminatedUnion('t', [said, pressed, filled, read]);
const hello = z.strictObject({
  t: z.literal('hello'),
  /** A visitor's secret, or a token of the site. */
  shown: z.string().max(4200),
  after: place,
  lang: z.string().max(35).optional(),
});

/** The first frame of a WebSocket: who it is, and what they have seen. */
export type Hello = z.output<typeof hello>;

/** Reads a deed; undefined for everything else. */
export function readDeed(text: string): Deed | undefined {
  return deed.safeParse(parse(text)).data;
}

/** Reads a first frame; undefined for everything else. */
export function readHello(text: string): Hello | undefined {
  return hello.safeParse(parse(text)).data;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
