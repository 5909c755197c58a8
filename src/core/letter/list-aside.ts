import type { Context } from '../context.ts';

/** A letter that was set aside, as the operator sees it. All of it but `why` is untrusted. */
export interface AsideView {
  readonly at: Date;
  readonly why: string;
  readonly sender: string;
  readonly subject: string;
  readonly body: string;
}

/** The newest letters that were set aside, the newest first. */
export async function listAside({ database }: Pick<Context, 'database'>, most: number): Promise<AsideView[]> {
  return database.sql<
    AsideView[]
  >`select at, why, sender, subject, body from aside order by id desc limit ${most}`;
}
