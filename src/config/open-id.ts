/** Reads whose OpenID Connect customers sign in with on the page of their own. */

/** The provider that knows customers, and what the desk is to it. */
export interface OpenIdSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The claim of an ID token that is the contact's ref. */
  readonly claim: string;
}

interface OpenIdVariables {
  readonly OIDC_ISSUER?: string | undefined;
  readonly OIDC_CLIENT_ID?: string | undefined;
  readonly OIDC_CLIENT_SECRET?: string | undefined;
  readonly OIDC_CONTACT_CLAIM?: string | undefined;
  readonly PUBLIC_URL?: string | undefined;
}

/** The settings, or all that is wrong with them, never a secret. Without OIDC_ISSUER nobody signs in that way. */
export function readOpenId(env: OpenIdVariables): {
  readonly settings?: OpenIdSettings;
  readonly faults: readonly string[];
} {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: id, OIDC_CLIENT_SECRET: secret, OIDC_CONTACT_CLAIM } = env;
  const claim = OIDC_CONTACT_CLAIM ?? 'sub';
  if (issuer === undefined) {
    const set = Object.entries({ OIDC_CLIENT_ID: id, OIDC_CLIENT_SECRET: secret, OIDC_CONTACT_CLAIM });
    const [one] = set.find(([, value]) => value !== undefined) ?? [];
    return {
      faults: one === undefined ? [] : [`${one} is set but OIDC_ISSUER is not: set it too, or take it out.`],
    };
  }
  const faults = [
    ...(isAddress(issuer)
      ? []
      : [`OIDC_ISSUER (${issuer}) is no address such as https://login.example.com, which must be https.`]),
    ...(id === undefined ? ['OIDC_ISSUER is set but OIDC_CLIENT_ID is not: set it too.'] : []),
    ...(secret === undefined ? ['OIDC_ISSUER is set but OIDC_CLIENT_SECRET is not: set it too.'] : []),
    ...(/^[\w.:/-]{1,100}$/.test(claim)
      ? []
      : ['OIDC_CONTACT_CLAIM is no name of a claim: letters, digits, _ . : / and -.']),
    ...(env.PUBLIC_URL === undefined
      ? [
          'OIDC_ISSUER is set but PUBLIC_URL is not: set it too, since people come back to PUBLIC_URL/me/oidc/back.',
        ]
      : []),
  ];
  if (faults.length > 0 || id === undefined || secret === undefined) return { faults };
  return { settings: { issuer, clientId: id, clientSecret: secret, claim }, faults };
}

/** By https; on this machine also without. */
function isAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, search, hash } = new URL(text);
  const isPlain = username === '' && search === '' && hash === '';
  return (
    isPlain &&
    (protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', 'localhost'].includes(hostname)))
  );
}
