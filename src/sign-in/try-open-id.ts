/** What can be seen of a provider of OpenID Connect without a person who signs in. Nothing is left behind. */
import { randomUUID } from 'node:crypto';
import type { ServerMetadata } from 'openid-client';
import { configured, discover, type OpenIdSetup, REQUEST_S, reasonOf } from './open-id.ts';

/** Whether it is there, and what the desk is to it. Reasons are the provider's own (RFC 6749 §5.2), or of what went wrong here. */
export type Tried =
  | { readonly is: 'away'; readonly why: string }
  /** It calls itself something else. */
  | { readonly is: 'other'; readonly issuer: string }
  | {
      readonly is: 'there';
      /** Why it does not take the client and its secret. */
      readonly client: string | undefined;
      /** Whether people may come back: it would send them (`yes`), refuses (`no`, or for which reason), or says so to people alone. */
      readonly back: 'yes' | 'no' | 'unseen' | { readonly why: string };
    };

/** Tries. Never rejects. */
export async function tryOpenId(setup: Omit<OpenIdSetup, 'log'>): Promise<Tried> {
  let server: ServerMetadata;
  try {
    server = await discover(setup);
  } catch (error) {
    const issuer = issuerIn(error);
    return issuer === undefined ? { is: 'away', why: reasonOf(error) } : { is: 'other', issuer };
  }
  const [client, back] = await Promise.all([tryClient(setup, server), tryBack(setup, server)]);
  return { is: 'there', client, back };
}

/** As whom it spoke, where that is not who was asked. */
function issuerIn(error: unknown): string | undefined {
  if (!(error instanceof Error) || Reflect.get(error, 'code') !== 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED')
    return undefined;
  const { cause } = error as { cause?: { body?: { issuer?: unknown } } };
  const issuer = cause?.body?.issuer;
  return typeof issuer === 'string' ? issuer.slice(0, 300) : undefined;
}

/** A code that nobody was given: whoever may not ask hears so first, everybody else that the code is none. */
async function tryClient(
  setup: Omit<OpenIdSetup, 'log'>,
  server: ServerMetadata,
): Promise<string | undefined> {
  const client = await import('openid-client');
  try {
    await client.genericGrantRequest(await configured(setup, server), 'authorization_code', {
      code: randomUUID(),
      redirect_uri: setup.redirect,
      code_verifier: client.randomPKCECodeVerifier(),
    });
    return undefined;
  } catch (error) {
    const isRefused = error instanceof Error && Reflect.get(error, 'status') === 401;
    const why = isRefused ? 'invalid_client' : reasonOf(error);
    return why === 'invalid_grant' ? undefined : why;
  }
}

/** Without a window (`prompt=none`, OpenID Connect Core 1.0 §3.1.2.1) nobody can sign in, and the provider says that where people come back to. */
async function tryBack(
  setup: Omit<OpenIdSetup, 'log'>,
  server: ServerMetadata,
): Promise<Extract<Tried, { is: 'there' }>['back']> {
  const client = await import('openid-client');
  try {
    const to = client.buildAuthorizationUrl(await configured(setup, server), {
      redirect_uri: setup.redirect,
      scope: 'openid',
      prompt: 'none',
      code_challenge: await client.calculatePKCECodeChallenge(client.randomPKCECodeVerifier()),
      code_challenge_method: 'S256',
      state: client.randomState(),
      nonce: client.randomNonce(),
    });
    const signal = AbortSignal.timeout(REQUEST_S * 1000);
    const { status, headers } = await fetch(to, { redirect: 'manual', signal });
    if (status >= 400 && status < 500) return 'no';
    const next = headers.get('location') ?? '';
    if (!next.startsWith(`${setup.redirect}?`)) return 'unseen';
    const why = new URL(next).searchParams.get('error') ?? '';
    return why === '' || /^(?:login|interaction|consent|account_selection)_required$/.test(why)
      ? 'yes'
      : { why: why.slice(0, 100) };
  } catch (error) {
    return { why: reasonOf(error) };
  }
}
