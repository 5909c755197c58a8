/** Where files are on this machine: storage, the scanner, the secret that links are signed with. Nothing is touched before the first file. */
import { join } from 'node:path';
import type { FileHouse } from '../core/index.ts';
import { type ClamdAddress, clamdScan } from './clamd.ts';
import { diskStore } from './disk.ts';
import { type S3Options, s3Store } from './s3.ts';
import { deskSecret } from './secret.ts';
import { diskUploads } from './uploads.ts';

export type { ClamdAddress } from './clamd.ts';
export { diskStore } from './disk.ts';
export { fileKeepsake } from './keepsake.ts';
export { deskSecret } from './secret.ts';
export { diskUploads } from './uploads.ts';

/** What the operator set for files. */
export interface FileSettings {
  readonly s3?: S3Options;
  readonly clamd?: ClamdAddress;
  /** Where the desk is reached from outside, without a slash at the end. */
  readonly publicUrl?: string;
  readonly secret?: string;
}

/** The house of the desk's files: `dataDir/files`, or S3 for those that are judged. */
export function openFileHouse(dataDir: string, { s3, clamd, publicUrl, secret }: FileSettings): FileHouse {
  return {
    store: s3 === undefined ? diskStore(join(dataDir, 'files', 'kept')) : s3Store(s3),
    spool: join(dataDir, 'files', 'incoming'),
    uploads: diskUploads(join(dataDir, 'files', 'uploads')),
    ...(clamd !== undefined && { scan: clamdScan(clamd) }),
    ...(publicUrl !== undefined && { links: { publicUrl, secret: deskSecret(dataDir, secret) } }),
  };
}
