import { Buffer } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import busboy from 'busboy';
import { apiError } from './errors.ts';
import type { Upload } from './types.ts';

/** A request body, decoded. */
export interface Body {
  readonly json: unknown;
  readonly files: readonly Upload[];
}

/** Bytes that one request may have, over all files (uploading files: request limit of 25 MiB and more by plan). */
const mostBytes = 30 * 1024 * 1024;

async function collect(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    const bytes = Buffer.from(part);
    size += bytes.length;
    if (size > mostBytes) throw apiError(40005);
    parts.push(bytes);
  }
  return Buffer.concat(parts);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw apiError(50109);
  }
}

function readMultipart(type: string, raw: Buffer): Promise<Body> {
  return new Promise((resolve, reject) => {
    const files: Upload[] = [];
    const fields = new Map<string, string>();
    const parser = busboy({ headers: { 'content-type': type } });
    parser.on('field', (name, value) => fields.set(name, value));
    parser.on('file', (field, stream, info) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        files.push({
          field,
          filename: info.filename ?? 'file',
          contentType: info.mimeType,
          data: Buffer.concat(parts),
        });
      });
    });
    parser.on('error', () => reject(apiError(50035)));
    parser.on('close', () => {
      const payload = fields.get('payload_json');
      try {
        resolve({ json: payload === undefined ? Object.fromEntries(fields) : parse(payload), files });
      } catch (error) {
        reject(error);
      }
    });
    parser.end(raw);
  });
}

/** Reads JSON or multipart with `payload_json`; throws 50109 for broken JSON and 40005 for too much. */
export async function readBody(request: IncomingMessage): Promise<Body> {
  const raw = await collect(request);
  if (raw.length === 0) return { json: undefined, files: [] };
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('multipart/form-data')) return readMultipart(type, raw);
  return { json: parse(raw.toString('utf8')), files: [] };
}
