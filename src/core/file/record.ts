import type { InboundFile } from '../channel/index.ts';
import type { Act, Context } from '../context.ts';
import { admit, type FileRow } from './rules/admit.ts';

/** A message that files came with. */
export interface FilesOf {
  readonly ticketId: number;
  readonly messageId: number;
  /** The channel that can fetch them. */
  readonly channel: string;
  readonly files: readonly InboundFile[];
}

/** Writes down the files of a message, in the transaction of the message. They are fetched by `FileWork`. */
export async function recordFiles(act: Act, { ticketId, messageId, channel, files }: FilesOf): Promise<void> {
  if (files.length === 0) return;
  await act.tx`
    insert into file (ticket_id, message_id, channel, source, name, size, state, why, run_at, created_at)
    select ${ticketId}, ${messageId}, ${channel}, source, name, size, state, why, ${act.at}, ${act.at}
    from jsonb_to_recordset(${JSON.stringify(admitFiles(act, files))}::jsonb)
      as row(source text, name text, size bigint, state text, why text)`;
}

/** The files of one message as they are written down: those that are to be fetched, and those above the limits. */
export function admitFiles(ctx: Context, files: readonly InboundFile[]): FileRow[] {
  const { per_message, max_size } = ctx.policy.files;
  return admit(files, { perMessage: per_message, maxSize: max_size });
}
