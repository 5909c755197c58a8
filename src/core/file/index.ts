/** Files: brought here when they come, judged by what they are, kept, passed on with their message, dropped in the end. */
export { bringFile, type KeptFile, keptFiles } from './bring.ts';
export { dropBytes, dropFilesOf, dropOldFiles } from './drop.ts';
export { linkTo, type OpenedFile, openLink } from './link.ts';
export type { FileFault, FileHouse, FileStore, Scan, ScanResult, SettledFile, Uploads } from './model.ts';
export { admitFiles, type FilesOf, recordFiles } from './record.ts';
export type { FileRow } from './rules/admit.ts';
export { type Pack, pack } from './rules/pack.ts';
export { formatSize } from './rules/sizes.ts';
export { passedFiles, takeHeld, takeSettled } from './settled.ts';
export { dropOldUploads } from './uploads.ts';
export { createFileWork, type FileWork } from './work.ts';
