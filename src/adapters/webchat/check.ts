import type { Finding } from '../../core/index.ts';
import type { WebchatConfig } from './config.ts';

/** Checks what browsers will hold against us: sites must be reached by TLS, or be on this machine. */
export function check({ origins, tokens }: Pick<WebchatConfig, 'origins' | 'tokens'>): Finding[] {
  const bare = origins.filter(origin => !/^https:|^http:\/\/(?:localhost|127\.0\.0\.1)(?::|$)/.test(origin));
  return [
    bare.length === 0
      ? { what: `Web chat: may be shown on ${origins.join(', ')}`, ok: true }
      : {
          what: `Web chat: ${bare.join(', ')} is not reached by TLS`,
          ok: false,
          mend: 'Write the address with https:// in WEBCHAT_ORIGINS: without TLS anybody on the way reads along and can take the token of a customer.',
        },
    {
      what:
        tokens === undefined
          ? 'Web chat: everybody is a visitor, since there is no key for tokens (WEBCHAT_JWT_SECRET or WEBCHAT_JWT_PUBLIC_KEY_FILE)'
          : 'Web chat: customers who are signed in on your site are known',
      ok: true,
    },
  ];
}
