import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import type { GetObjectCommandOutput, S3Client } from '@aws-sdk/client-s3';
import type { FileStore } from '../core/index.ts';

/** Where an S3-compatible store is, and who we are there. */
export interface S3Options {
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKey: string;
  readonly secretKey: string;
}

/** Ms to connect, and of silence on a connection. The library reads and deletes three times; what is put is tried again by the desk. */
const CONNECT_MS = 5000;
const SILENCE_MS = 20_000;

/** Files in an S3-compatible store, under `switchdesk/`. The library is loaded with the first file. */
export function s3Store(options: S3Options): FileStore {
  let loading: Promise<{ client: S3Client; s3: typeof import('@aws-sdk/client-s3') }> | undefined;
  const load = () => {
    loading ??= connect(options);
    return loading;
  };
  const at = (key: string) => ({ Bucket: options.bucket, Key: `switchdesk/${key}` });
  return {
    async put(key, path, { size, sha256, type }) {
      const { client, s3 } = await load();
      const facts = {
        ContentLength: size,
        ContentType: type,
        ChecksumSHA256: Buffer.from(sha256, 'hex').toString('base64'),
      };
      await client.send(new s3.PutObjectCommand({ ...at(key), ...facts, Body: createReadStream(path) }));
    },
    async read(key) {
      const { client, s3 } = await load();
      const found = await client
        .send(new s3.GetObjectCommand(at(key)))
        .catch((error: unknown): GetObjectCommandOutput | undefined => {
          if (error instanceof s3.S3ServiceException && error.$metadata.httpStatusCode === 404)
            return undefined;
          throw error;
        });
      return found?.Body as Readable | undefined;
    },
    async drop(key) {
      const { client, s3 } = await load();
      await client.send(new s3.DeleteObjectCommand(at(key)));
    },
  };
}

/** What fails is thrown, and logged by the desk without a name of a bucket. */
const silent = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };

async function connect({ endpoint, region, accessKey, secretKey }: S3Options) {
  const s3 = await import('@aws-sdk/client-s3');
  const client = new s3.S3Client({
    endpoint,
    region,
    credentials: { accessKeyId: accessKey, secretAccessKey: secretKey },
    forcePathStyle: true,
    maxAttempts: 3,
    requestHandler: {
      connectionTimeout: CONNECT_MS,
      requestTimeout: SILENCE_MS,
      throwOnRequestTimeout: true,
    },
    logger: silent,
    // Checksums in trailers are not known to all stores that speak S3; ours is in a header.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  return { client, s3 };
}
