import { createHash, createHmac } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { s3Store } from '../../src/storage/s3.ts';
import { whole } from '../core/file/kit.ts';

const KEY = `2026/11/${'cd'.repeat(16)}`;
const SECRET = 'the-secret-key';

let server: Server;
let directory: string;
let endpoint: string;
const objects = new Map<string, { readonly body: Buffer; readonly type: string }>();
let trouble: number;

const sha = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** AWS Signature Version 4, computed anew from the request (docs: "Create a signed AWS API request"). */
function isSigned({ method = '', url = '', headers }: IncomingMessage): boolean {
  const parts =
    /^AWS4-HMAC-SHA256 Credential=desk\/(\d{8})\/eu-test-1\/s3\/aws4_request, SignedHeaders=([\w;-]+), Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? '',
    );
  if (parts === null) return false;
  const [, day = '', names = '', given = ''] = parts;
  if (!['host', 'x-amz-content-sha256', 'x-amz-date'].every(name => names.split(';').includes(name)))
    return false;
  const [path = '', query = ''] = url.split('?');
  const sorted = query.split('&').filter(Boolean).sort().join('&');
  const canonicalHeaders = names
    .split(';')
    .map(name => `${name}:${String(headers[name]).trim()}\n`)
    .join('');
  const request = [method, path, sorted, canonicalHeaders, names, headers['x-amz-content-sha256']].join('\n');
  const scope = `${day}/eu-test-1/s3/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, sha(request)].join('\n');
  const key = ['eu-test-1', 's3', 'aws4_request'].reduce(
    (before, text) => hmac(before, text),
    hmac(`AWS4${SECRET}`, day),
  );
  return createHmac('sha256', key).update(toSign).digest('hex') === given;
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 's3-'));
  server = createServer(async (request, response) => {
    const body = await whole(request);
    const [path = ''] = (request.url ?? '').split('?');
    const refuse = (status: number, code: string): void =>
      void response
        .writeHead(status, { 'content-type': 'application/xml' })
        .end(`<Error><Code>${code}</Code></Error>`);
    if (!isSigned(request)) return refuse(403, 'SignatureDoesNotMatch');
    if (trouble > 0) {
      trouble -= 1;
      return refuse(503, 'SlowDown');
    }
    const sum = request.headers['x-amz-checksum-sha256'];
    if (request.method === 'PUT' && sum !== createHash('sha256').update(body).digest('base64'))
      return refuse(400, 'BadDigest');
    if (request.method === 'PUT') objects.set(path, { body, type: request.headers['content-type'] ?? '' });
    if (request.method === 'DELETE') objects.delete(path);
    const found = objects.get(path);
    if (request.method === 'GET' && found === undefined) return refuse(404, 'NoSuchKey');
    response
      .writeHead(request.method === 'DELETE' ? 204 : 200)
      .end(request.method === 'GET' ? found?.body : '');
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

beforeEach(() => {
  trouble = 0;
  objects.clear();
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise(resolve => server.close(resolve));
  await rm(directory, { recursive: true });
});

const storeAs = (secretKey: string) =>
  s3Store({ endpoint, bucket: 'files', region: 'eu-test-1', accessKey: 'desk', secretKey });

async function fileOf(content: Buffer) {
  const path = join(directory, 'incoming');
  await writeFile(path, content);
  return { path, facts: { size: content.length, sha256: sha(content), type: 'image/png' } };
}

test('a file is put, read and dropped, signed, with its checksum, and read again when the store is slow', async () => {
  const store = storeAs(SECRET);
  const content = Buffer.alloc(3_000_000, 'png');
  const { path, facts } = await fileOf(content);
  await store.put(KEY, path, facts);
  expect([...objects.keys()]).toEqual([`/files/switchdesk/${KEY}`]);
  expect(objects.get(`/files/switchdesk/${KEY}`)).toEqual({ body: content, type: 'image/png' });
  trouble = 1;
  expect((await whole(await store.read(KEY))).equals(content)).toBe(true);
  await store.drop(KEY);
  await store.drop(KEY);
  expect(await store.read(KEY)).toBeUndefined();
});

test('a wrong key, a store that does not answer, and bytes that changed on the way are errors, never "missing"', async () => {
  const { path, facts } = await fileOf(Buffer.from('x'));
  await expect(storeAs('wrong').put(KEY, path, facts)).rejects.toThrow();
  await expect(storeAs('wrong').read(KEY)).rejects.toThrow();
  await expect(storeAs(SECRET).put(KEY, path, { ...facts, sha256: sha('y') })).rejects.toThrow();
  trouble = 10;
  await expect(storeAs(SECRET).read(KEY)).rejects.toThrow();
  expect(objects.size).toBe(0);
});
