/** Reads where files are kept and scanned. */
import type { ClamdAddress, FileSettings } from '../storage/index.ts';

type FileVariables = {
  readonly [K in
    | 'FILES_S3_ENDPOINT'
    | 'FILES_S3_BUCKET'
    | 'FILES_S3_ACCESS_KEY'
    | 'FILES_S3_SECRET_KEY'
    | 'FILES_S3_REGION'
    | 'CLAMD_SOCKET'
    | 'PUBLIC_URL'
    | 'DESK_SECRET']?: string | undefined;
};

/** What S3-compatible storage cannot do without. */
export const s3Variables = [
  'FILES_S3_ENDPOINT',
  'FILES_S3_BUCKET',
  'FILES_S3_ACCESS_KEY',
  'FILES_S3_SECRET_KEY',
] as const;

/** Where files are kept and scanned, and where the desk is reached. */
export function filesOf(env: FileVariables): FileSettings {
  const { FILES_S3_ENDPOINT: endpoint, FILES_S3_BUCKET: bucket } = env;
  return {
    s3:
      endpoint === undefined || bucket === undefined
        ? undefined
        : {
            endpoint,
            bucket,
            region: env.FILES_S3_REGION ?? 'us-east-1',
            accessKey: env.FILES_S3_ACCESS_KEY ?? '',
            secretKey: env.FILES_S3_SECRET_KEY ?? '',
          },
    clamd: env.CLAMD_SOCKET === undefined ? undefined : clamdAddress(env.CLAMD_SOCKET),
    publicUrl: env.PUBLIC_URL?.replace(/\/+$/, ''),
    secret: env.DESK_SECRET,
  };
}

/** `/run/clamav/clamd.ctl`, `127.0.0.1:3310` or `[::1]:3310`. */
export function clamdAddress(value: string): ClamdAddress | undefined {
  if (value.startsWith('/')) return { path: value };
  const [, v6, host = v6, port] = /^(?:\[([\da-f:.]+)\]|([\w.-]+)):(\d{1,5})$/i.exec(value) ?? [];
  return host === undefined || Number(port) > 65_535 ? undefined : { host, port: Number(port) };
}
