import { z } from 'zod';

/** A client that may read a mailbox, by a refresh token of its owner (RFC 6749 §6). */
export interface OAuthSettings {
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret?: string;
  readonly refreshToken: string;
}

const answerSchema = z.object({
  access_token: z.string().min(1),
  expires_in: z.number().positive().optional(),
});
/** A token is asked for anew this long before it ends, in ms. */
const EARLY_MS = 120_000;
/** The server gets this long, in ms. */
const PATIENCE_MS = 15_000;

/** Gives access tokens; one is used until shortly before its end. Rejects, without anything secret, when none can be had. */
export function createTokens(
  { tokenUrl, clientId, clientSecret, refreshToken }: OAuthSettings,
  now: () => Date,
): () => Promise<string> {
  let kept: { readonly token: string; readonly until: number } | undefined;
  return async () => {
    if (kept !== undefined && now().getTime() < kept.until) return kept.token;
    const body = new URLSearchParams({
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
      client_id: clientId,
      ...(clientSecret !== undefined && { client_secret: clientSecret }),
    });
    const answer = await fetch(tokenUrl, { method: 'POST', body, signal: AbortSignal.timeout(PATIENCE_MS) });
    const read = answerSchema.safeParse(await answer.json().catch(() => undefined));
    if (!answer.ok || !read.success) throw new Error(`the token server answered ${answer.status}`);
    const { access_token: token, expires_in: seconds = 300 } = read.data;
    kept = { token, until: now().getTime() + seconds * 1000 - EARLY_MS };
    return token;
  };
}
