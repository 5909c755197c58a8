/** Reads how mail comes in. */
import { createPublicKey } from 'node:crypto';

/** The variables of incoming mail. */
export const incomingVariables = [
  'MAIL_IN_RAW_SECRET',
  'MAIL_IN_POSTMARK_SECRET',
  'MAIL_IN_MAILGUN_KEY',
  'MAIL_IN_SENDGRID_KEY',
  'MAIL_IN_AUTHSERV_ID',
  'MAIL_IN_PLUS',
] as const;

/** How mail comes in. */
export interface IncomingSettings {
  readonly sources: {
    readonly raw?: string;
    readonly postmark?: string;
    readonly mailgun?: string;
    readonly sendgrid?: string;
  };
  readonly authservId?: string;
  readonly plus: boolean;
}

type Environment = { readonly [name in (typeof incomingVariables)[number]]?: string | undefined };

/** What nobody guesses, and what stands in a header. */
const SECRET = /^[\x21-\x7e]{24,500}$/;

/** Undefined where nobody may bring mail. Says all that is wrong, never the value of a secret. */
export function readIncoming(env: Environment, faults: string[]): IncomingSettings | undefined {
  if (incomingVariables.every(name => env[name] === undefined)) return undefined;
  for (const name of ['MAIL_IN_RAW_SECRET', 'MAIL_IN_POSTMARK_SECRET'] as const)
    if (env[name] !== undefined && !SECRET.test(env[name]))
      faults.push(
        `${name} is no secret: 24 characters or more without spaces, for example from \`openssl rand -hex 24\`.`,
      );
  const { MAIL_IN_MAILGUN_KEY: mailgun, MAIL_IN_SENDGRID_KEY: sendgrid } = env;
  if (mailgun !== undefined && !/^[\w-]{20,100}$/.test(mailgun))
    faults.push('MAIL_IN_MAILGUN_KEY is none: it is the "HTTP webhook signing key" of Mailgun.');
  if (sendgrid !== undefined && !isKey(sendgrid))
    faults.push(
      'MAIL_IN_SENDGRID_KEY is none: it is the public key of the security policy of Inbound Parse, as SendGrid shows it (MFkw…).',
    );
  const plus = env.MAIL_IN_PLUS ?? 'off';
  if (plus !== 'on' && plus !== 'off') faults.push('MAIL_IN_PLUS is none of on, off.');
  const authservId = env.MAIL_IN_AUTHSERV_ID;
  if (authservId !== undefined && !/^[\w.-]{1,253}$/.test(authservId))
    faults.push(
      'MAIL_IN_AUTHSERV_ID is no name: write what your mail server puts first into Authentication-Results, such as mx.example.com.',
    );
  const raw = env.MAIL_IN_RAW_SECRET;
  const postmark = env.MAIL_IN_POSTMARK_SECRET;
  if ([raw, postmark, mailgun, sendgrid].every(one => one === undefined))
    faults.push(
      'Incoming mail is only half set up: set a secret of those who bring it (MAIL_IN_RAW_SECRET, MAIL_IN_POSTMARK_SECRET, MAIL_IN_MAILGUN_KEY or MAIL_IN_SENDGRID_KEY), or none of the MAIL_IN_ variables.',
    );
  return {
    sources: {
      ...(raw !== undefined && { raw }),
      ...(postmark !== undefined && { postmark }),
      ...(mailgun !== undefined && { mailgun }),
      ...(sendgrid !== undefined && { sendgrid }),
    },
    ...(authservId !== undefined && { authservId }),
    plus: plus === 'on',
  };
}

function isKey(base64: string): boolean {
  try {
    return (
      createPublicKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'spki' })
        .asymmetricKeyType === 'ec'
    );
  } catch {
    return false;
  }
}
