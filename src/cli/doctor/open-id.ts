import type { OpenIdSettings } from '../../config/open-id.ts';
import type { Finding } from '../../core/index.ts';

/** Is the provider of OpenID Connect there, and does it know the desk? As far as that shows without a person. */
export async function checkOpenId(
  settings: OpenIdSettings,
  publicUrl: string,
  now: () => Date,
): Promise<readonly Finding[]> {
  const { tryOpenId } = await import('../../sign-in/try-open-id.ts');
  const { issuer, clientId } = settings;
  const redirect = `${publicUrl}/me/oidc/back`;
  const tried = await tryOpenId({ ...settings, redirect, now });
  const is = `OpenID Connect: ${issuer} is a provider, and calls itself that`;
  if (tried.is === 'other') {
    const mend = `It calls itself ${tried.issuer}: set OIDC_ISSUER to that, letter by letter.`;
    return [{ what: is, ok: false, mend }];
  }
  if (tried.is === 'away') {
    const at = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const mend = `${at} must answer with what it is (${tried.why}): look at OIDC_ISSUER, and whether this machine reaches it.`;
    return [{ what: is, ok: false, mend }];
  }
  return [
    { what: is, ok: true },
    clientFinding(clientId, tried.client),
    backFinding(clientId, redirect, tried.back),
  ];
}

function clientFinding(clientId: string, why: string | undefined): Finding {
  const what = `OpenID Connect: the provider takes the client ${clientId} and its secret`;
  if (why === undefined) return { what, ok: true };
  const mend =
    why === 'invalid_client'
      ? 'Set OIDC_CLIENT_ID and OIDC_CLIENT_SECRET to what the provider has for the desk (invalid_client).'
      : `Let the client have the authorization code flow at the provider, which answered ${why}.`;
  return { what, ok: false, mend };
}

function backFinding(
  clientId: string,
  redirect: string,
  back: 'yes' | 'no' | 'unseen' | { readonly why: string },
): Finding {
  const what = `OpenID Connect: whoever signed in is sent back to ${redirect}`;
  if (back === 'yes') return { what, ok: true };
  if (back === 'unseen') return { what: `${what}: the provider shows that only to people`, ok: true };
  const mend =
    back === 'no'
      ? `Add ${redirect} to the redirect URIs of the client ${clientId} at the provider, letter by letter.`
      : `Let the client ${clientId} have the authorization code flow and the scope openid at the provider, which answered ${back.why}.`;
  return { what, ok: false, mend };
}
