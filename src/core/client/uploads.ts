import type { InboundFile } from '../channel/index.ts';
import { WEB } from '../channel/index.ts';
import type { Context } from '../context.ts';

/** Where files go that are put into forms, until they are judged as all files are. */
export interface FormFiles {
  /** Takes in a file's bytes, never more than the policy's largest size; undefined for one that is larger. When it resolves they survive a crash. */
  take(name: string, bytes: AsyncIterable<Uint8Array>): Promise<InboundFile | undefined>;
  /** Removes what came with a form that was not taken. */
  drop(files: readonly InboundFile[]): Promise<void>;
}

/** The files of forms over a context. */
export function openFormFiles({ files: { uploads }, policy }: Context): FormFiles {
  return {
    async take(name, bytes) {
      const kept = await uploads.keep(WEB, bytes, policy.files.max_size);
      return kept === 'too-large' ? undefined : { source: kept.id, name, size: kept.size };
    },
    drop: files => uploads.drop(files.map(({ source }) => source)),
  };
}
