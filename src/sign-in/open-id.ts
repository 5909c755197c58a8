/** Signing in by OpenID Connect (authorization code with PKCE), where the provider has it. Only this file and `try-open-id.ts` know the library. */
import type { Configuration, ServerMetadata } from 'openid-client';
import type { OpenIdSettings } from '../config/open-id.ts';
import { type Log, whyOf } from '../core/index.ts';

/** What is needed besides the settings. */
export interface OpenIdSetup extends OpenIdSettings {
  /** Where people come back to, as the provider must know it. */
  readonly redirect: string;
  /** Hears why nobody can sign in, never a code or a secret. */
  readonly log: Log;
  readonly now: () => Date;
}

/** Who came back. */
export interface SignedIn {
  /** The contact's ref. */
  readonly ref: string;
  /** This very sign-in, which counts once, and until when it does. */
  readonly token: string;
  readonly expiresAt: Date;
}

/** Sends people to sign in, and hears who they are when they come back. */
export interface OpenId {
  /** Where to send them, and what their browser must hold until they come back. Undefined while the provider cannot be asked. */
  begin(locale: string): Promise<{ readonly to: string; readonly held: string } | undefined>;
  /** Who came back with this address and what was held; undefined for whatever is not the end of what this browser began. */
  end(address: URL, held: string): Promise<SignedIn | undefined>;
}

/** Clocks of two machines may differ so much, in s. */
const TOLERANCE_S = 30;
/** One request to the provider may take so long, in s: somebody waits. */
export const REQUEST_S = 10;
/** Somebody signs in within this, in ms. */
export const HELD_MS = 600_000;

/** Makes it. The provider is asked what it can with the first who signs in. */
export function createOpenId(setup: OpenIdSetup): OpenId {
  const { redirect, claim, log, now } = setup;
  let known: Promise<ServerMetadata> | undefined;
  const provider = (): Promise<ServerMetadata> => {
    known ??= discover(setup).catch(error => {
      known = undefined;
      log.warn('OpenID Connect: the provider cannot be asked', {
        issuer: setup.issuer,
        why: reasonOf(error),
      });
      throw error;
    });
    return known;
  };
  return {
    async begin(locale) {
      const client = await import('openid-client');
      const [verifier, state, nonce] = [
        client.randomPKCECodeVerifier(),
        client.randomState(),
        client.randomNonce(),
      ];
      const at = await provider().catch(() => undefined);
      if (at === undefined) return undefined;
      const to = client.buildAuthorizationUrl(await configured(setup, at), {
        redirect_uri: redirect,
        scope: 'openid',
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
        nonce,
        ui_locales: locale,
      });
      return { to: to.href, held: [verifier, state, nonce].join('.') };
    },
    async end(address, held) {
      const [verifier = '', state = '', nonce = ''] = held.split('.');
      const code = address.searchParams.get('code') ?? '';
      if (code === '' || state === '' || address.searchParams.get('state') !== state) return undefined;
      const client = await import('openid-client');
      try {
        const at = await configured(setup, await provider());
        const tokens = await client.authorizationCodeGrant(at, new URL(address.search, redirect), {
          pkceCodeVerifier: verifier,
          expectedState: state,
          expectedNonce: nonce,
          idTokenExpected: true,
        });
        const ref = tokens.claims()?.[claim];
        if (typeof ref !== 'string' || ref === '' || ref.length > 100) {
          log.warn('OpenID Connect: the ID token does not name a contact', { claim });
          return undefined;
        }
        return { ref, token: `oidc:${state}.`, expiresAt: new Date(now().getTime() + HELD_MS) };
      } catch (error) {
        // Refused, expired, forged, or the provider is not there: they begin anew.
        log.warn('OpenID Connect: somebody could not be signed in', { why: reasonOf(error) });
        return undefined;
      }
    },
  };
}

/** What the provider gave as its reason (`invalid_client` and the like, RFC 6749 §5.2), or what went wrong here. */
export function reasonOf(error: unknown): string {
  const said: unknown = error instanceof Error ? Reflect.get(error, 'error') : undefined;
  return typeof said === 'string' ? said.slice(0, 100) : whyOf(error);
}

/** What the provider says of itself (OpenID Connect Discovery 1.0). Rejects while it cannot be asked. */
export async function discover({
  issuer,
  clientId,
}: Pick<OpenIdSetup, 'issuer' | 'clientId'>): Promise<ServerMetadata> {
  const client = await import('openid-client');
  const address = new URL(issuer);
  const found = await client.discovery(address, clientId, undefined, undefined, {
    timeout: REQUEST_S,
    ...(address.protocol === 'http:' && { execute: [client.allowInsecureRequests] }),
  });
  return found.serverMetadata();
}

/** The desk as the provider knows it, by the desk's clock. The secret goes as the provider takes it; where it does not say, as the standard has it. */
export async function configured(
  { issuer, clientId, clientSecret, now }: Omit<OpenIdSetup, 'log'>,
  server: ServerMetadata,
): Promise<Configuration> {
  const client = await import('openid-client');
  const takesPost = server.token_endpoint_auth_methods_supported?.includes('client_secret_post') ?? false;
  const made = new client.Configuration(
    server,
    clientId,
    {
      [client.clockSkew]: Math.round((now().getTime() - Date.now()) / 1000),
      [client.clockTolerance]: TOLERANCE_S,
    },
    takesPost ? client.ClientSecretPost(clientSecret) : client.ClientSecretBasic(clientSecret),
  );
  made.timeout = REQUEST_S;
  if (issuer.startsWith('http:')) client.allowInsecureRequests(made);
  client.enableNonRepudiationChecks(made);
  return made;
}
