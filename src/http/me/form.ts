import type { IncomingMessage } from 'node:http';
import type { Context } from 'hono';
import type { ClientApi, InboundFile } from '../../core/index.ts';
import { readBody } from '../body.ts';
import { isFromHere, isOurs, type Visit } from './guard.ts';

/** Longest form without files, in bytes: 10,000 characters, each as up to 12 bytes of a form, and the rest. */
const BODY_LIMIT = 200_000;
/** Longest field of a form with files, in bytes, and most of them. */
const FIELD_LIMIT = 50_000;
const FIELDS = 40;

/** What came of reading a form. */
export type FormRead =
  | { readonly ok: true; readonly form: Sent }
  /** `forged`: it is not from a page of ours; `large`: it is too long, and what comes behind is not read. */
  | { readonly ok: false; readonly why: 'forged' | 'large' };

/** A form that was sent from a page of ours. */
export interface Sent {
  get(name: string): string;
  readonly once: string;
  readonly files: readonly InboundFile[];
  /** Names of files that were too large. */
  readonly tooLarge: readonly string[];
}

/**
 * Reads a form. Nothing is done for one that no page of ours was the origin of; its files are not even taken in.
 *
 * @param files whether the form has any: one that has not is refused with them, and so are those of who is not signed in
 */
export async function readForm(
  c: Context,
  api: ClientApi,
  visit: Visit,
  { files = false }: { readonly files?: boolean } = {},
): Promise<FormRead> {
  if (!isFromHere(c, api)) return { ok: false, why: 'forged' };
  const { incoming } = c.env as { incoming: IncomingMessage };
  if ((c.req.header('content-type') ?? '').startsWith('multipart/form-data'))
    return files && visit.session !== undefined
      ? readParts(incoming, api, visit)
      : { ok: false, why: 'forged' };
  const body = await readBody(incoming, BODY_LIMIT);
  if (body === undefined) return { ok: false, why: 'large' };
  const fields = new Map(new URLSearchParams(body));
  return checked(visit, fields, [], []);
}

function checked(
  visit: Visit,
  fields: ReadonlyMap<string, string>,
  files: readonly InboundFile[],
  tooLarge: readonly string[],
): FormRead {
  if (!isOurs(visit, fields.get('csrf'))) return { ok: false, why: 'forged' };
  const get = (name: string): string => (fields.get(name) ?? '').toWellFormed().replaceAll('\0', '');
  return { ok: true, form: { get, once: get('once'), files, tooLarge } };
}

/** One of several parts of a body, as `busboy` gives it. */
type Taking = Promise<InboundFile | undefined>;

async function readParts(incoming: IncomingMessage, api: ClientApi, visit: Visit): Promise<FormRead> {
  const { perMessage, maxSize } = api.files;
  const whole = perMessage * maxSize + BODY_LIMIT;
  if (Number(incoming.headers['content-length'] ?? 0) > whole) return { ok: false, why: 'large' };
  const { default: busboy } = await import('busboy');
  const fields = new Map<string, string>();
  const taking: Taking[] = [];
  const tooLarge: string[] = [];
  let forged = false;
  let cut = false;
  const limits = {
    fileSize: maxSize + 1,
    files: perMessage,
    fields: FIELDS,
    fieldSize: FIELD_LIMIT,
    parts: FIELDS + perMessage,
  };
  try {
    const parser = busboy({ headers: incoming.headers, limits, defParamCharset: 'utf8' });
    const read = new Promise<void>((resolve, reject) => {
      parser.on('field', (name, value) => void (fields.has(name) || fields.set(name, value)));
      parser.on('file', (_name, stream, { filename }) => {
        // Fields come before files in our own pages: a file without them is from elsewhere.
        if (!isOurs(visit, fields.get('csrf'))) forged = true;
        if (forged || filename === undefined || filename === '') return void stream.resume();
        const taken = api.uploads.take(filename, stream.iterator({ destroyOnReturn: false })).then(file => {
          if (file !== undefined) return file;
          tooLarge.push(filename);
          stream.resume(); // what stands behind it in the form is still to come
          return undefined;
        });
        taken.catch(reject);
        taking.push(taken);
      });
      parser.on('filesLimit', () => {
        cut = true;
      });
      parser.on('close', resolve);
      parser.on('error', reject);
      incoming.on('error', reject);
      incoming.on('close', () => incoming.complete || reject(new Error('the caller went away')));
    });
    let size = 0;
    incoming.on('data', (piece: Buffer) => {
      size += piece.byteLength;
      if (size > whole) incoming.destroy();
    });
    incoming.pipe(parser);
    await read;
  } catch {
    const left = await Promise.allSettled(taking);
    await api.uploads.drop(left.flatMap(one => (one.status === 'fulfilled' && one.value) || []));
    return { ok: false, why: 'large' };
  }
  const files = (await Promise.all(taking)).filter(file => file !== undefined);
  const all = forged
    ? ({ ok: false, why: 'forged' } as const)
    : checked(
        visit,
        fields,
        files.filter(({ size }) => size !== 0),
        tooLarge,
      );
  if (all.ok && !cut) return all;
  await api.uploads.drop(files);
  return all.ok ? { ok: false, why: 'large' } : all;
}
