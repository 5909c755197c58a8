import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { type AlertSecrets, readAlertSecrets } from './config/alerts.ts';
import { readClientArea } from './config/client-area.ts';
import { clamdAddress, filesOf, s3Variables } from './config/files.ts';
import { type MailSettings, readMail } from './config/mail.ts';
import { type OpenIdSettings, readOpenId } from './config/open-id.ts';
import { readProxies } from './config/proxies.ts';
import { remarksOn, remarksOnFiles, remarksOnSuppliers } from './config/remarks.ts';
import { readWebchat, type WebchatSettings } from './config/webchat.ts';
import { type Policy, readPolicy } from './core/index.ts';
import type { TokenKey } from './sign-in/token.ts';
import type { FileSettings } from './storage/index.ts';

/** What a platform needs to be on. */
export interface Platforms {
  readonly slack?: {
    readonly botToken: string;
    readonly signingSecret?: string;
    readonly appToken?: string;
    /** The channel that is a desk of the staff. */
    readonly deskChannelId?: string;
    readonly apiUrl?: string;
  };
  readonly discord?: {
    readonly token: string;
    readonly publicKey?: string;
    readonly guildId: string;
    /** The forum that is a desk of the staff. */
    readonly deskChannelId?: string;
    readonly apiUrl?: string;
  };
  readonly telegram?: {
    readonly token: string;
    readonly webhookSecret?: string;
    readonly publicUrl?: string;
    /** The group with topics that is a desk of the staff. */
    readonly deskChatId?: string;
    readonly apiRoot?: string;
  };
  readonly email?: MailSettings;
  readonly webchat?: WebchatSettings;
}

/** All that a start of the desk depends on, resolved once. */
export interface Config {
  readonly port: number;
  readonly dataDir: string;
  /** Addresses and CIDR ranges of proxies that say for whom they ask. */
  readonly trustedProxies?: readonly string[];
  /** Without it the desk starts a PostgreSQL of its own in `dataDir`. */
  readonly databaseUrl?: string;
  readonly policy: Policy;
  readonly platforms: Platforms;
  /** The secrets of those who may send alerts. */
  readonly alertSecrets: AlertSecrets;
  /** What tokens of the provider's client area are checked with; undefined where there are none. */
  readonly clientAreaKey?: TokenKey | undefined;
  /** Whose OpenID Connect customers sign in with; absent where there is none. */
  readonly openId?: OpenIdSettings | undefined;
  /** Where files are kept and scanned, and how links to them are made. */
  readonly files: FileSettings;
  /** One line for each platform that is off, and anything else the operator should know. */
  readonly remarks: readonly string[];
  readonly logLevel: string;
}

/** A configuration, or everything that is wrong with it, each fault with what to do. */
export type ConfigResult =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly faults: readonly string[] };

/** An unset variable and an empty one are the same: `.env.example` has them all, empty. */
const text = z
  .string()
  .trim()
  .transform(value => (value === '' ? undefined : value))
  .optional();
const url = text.refine(
  value => value === undefined || URL.canParse(value),
  'is no URL; write it like https://desk.example.com',
);
const snowflake = text.refine(
  value => value === undefined || /^\d{15,21}$/.test(value),
  'is no Discord id: 17 to 20 digits, from "Copy ID"',
);

const environment = z.object({
  PORT: text.refine(
    value => value === undefined || (/^\d{1,5}$/.test(value) && Number(value) <= 65_535),
    'is no port; write a number such as 3000',
  ),
  PUBLIC_URL: url,
  TRUSTED_PROXIES: text,
  DATABASE_URL: text.refine(
    value => value === undefined || /^postgres(ql)?:\/\//.test(value),
    'does not begin with postgres://',
  ),
  DATA_DIR: text,
  DESK_POLICY: text,
  LOG_LEVEL: text.refine(
    value => value === undefined || ['error', 'warn', 'info'].includes(value),
    'is none of error, warn, info',
  ),
  SLACK_BOT_TOKEN: text,
  SLACK_SIGNING_SECRET: text,
  SLACK_APP_TOKEN: text,
  SLACK_DESK_CHANNEL_ID: text.refine(
    value => value === undefined || /^[CG][A-Z0-9]{8,20}$/.test(value),
    'is no id of a Slack channel: C… or G…, at the end of "Copy link"',
  ),
  SLACK_API_URL: url,
  DISCORD_TOKEN: text,
  DISCORD_PUBLIC_KEY: text.refine(
    value => value === undefined || /^[0-9a-f]{64}$/i.test(value),
    'is not 64 hexadecimal digits',
  ),
  DISCORD_GUILD_ID: snowflake,
  DISCORD_DESK_CHANNEL_ID: snowflake,
  DISCORD_API_URL: url,
  TELEGRAM_BOT_TOKEN: text,
  TELEGRAM_WEBHOOK_SECRET: text.refine(
    value => value === undefined || /^[A-Za-z0-9_-]{16,256}$/.test(value),
    'must have 16 to 256 characters of A-Z a-z 0-9 _ -',
  ),
  TELEGRAM_DESK_CHAT_ID: text.refine(
    value => value === undefined || /^-100\d{5,15}$/.test(value),
    'is no id of a Telegram supergroup: -100 and more digits',
  ),
  TELEGRAM_API_ROOT: url,
  DESK_SECRET: text.refine(
    value => value === undefined || value.length >= 32,
    'is too short: 32 characters or more, for example from `openssl rand -base64 32`',
  ),
  CLAMD_SOCKET: text.refine(
    value => value === undefined || clamdAddress(value) !== undefined,
    'is neither a path such as /run/clamav/clamd.ctl nor host:port',
  ),
  FILES_S3_ENDPOINT: url,
  FILES_S3_BUCKET: text,
  FILES_S3_REGION: text,
  FILES_S3_ACCESS_KEY: text,
  FILES_S3_SECRET_KEY: text,
  SMTP_URL: text,
  SMTP_TLS: text,
  MAIL_FROM: text,
  MAIL_RATE: text,
  MAIL_DKIM_DOMAIN: text,
  MAIL_DKIM_SELECTOR: text,
  MAIL_DKIM_KEY_FILE: text,
  CLIENT_AREA_JWT_SECRET: text,
  OIDC_ISSUER: text,
  OIDC_CLIENT_ID: text,
  OIDC_CLIENT_SECRET: text,
  OIDC_CONTACT_CLAIM: text,
  CLIENT_AREA_JWT_PUBLIC_KEY_FILE: text,
  WEBCHAT_ORIGINS: text,
  WEBCHAT_JWT_SECRET: text,
  WEBCHAT_JWT_PUBLIC_KEY_FILE: text,
  WEBCHAT_JWT_AUDIENCE: text,
  MAIL_IN_RAW_SECRET: text,
  MAIL_IN_POSTMARK_SECRET: text,
  MAIL_IN_MAILGUN_KEY: text,
  MAIL_IN_SENDGRID_KEY: text,
  MAIL_IN_AUTHSERV_ID: text,
  MAIL_IN_PLUS: text,
  IMAP_URL: text,
  IMAP_TLS: text,
  IMAP_FOLDERS: text,
  IMAP_OAUTH_TOKEN_URL: text,
  IMAP_OAUTH_CLIENT_ID: text,
  IMAP_OAUTH_CLIENT_SECRET: text,
  IMAP_OAUTH_REFRESH_TOKEN: text,
});

type Environment = z.output<typeof environment>;

/**
 * Reads the environment and the policy file. Never throws; reports everything at once, and never the value of a secret.
 *
 * @param readFile what reads the policy file: whoever reads many sets of variables need not read it each time
 */
export function readConfig(
  variables: Readonly<Record<string, string | undefined>>,
  readFile: typeof readPolicyFile = readPolicyFile,
): ConfigResult {
  const parsed = environment.safeParse(variables);
  const malformed = (parsed.error?.issues ?? []).map(issue => `${issue.path.join('.')} ${issue.message}.`);
  const env = parsed.data ?? given(variables);
  const policy = readFile(resolve(env.DESK_POLICY ?? 'desk.yaml'));
  const mail = readMail(env);
  const webchat = readWebchat(env);
  const alerts = readAlertSecrets(policy.policy?.alerts ?? [], variables);
  const clientArea = readClientArea(env);
  const openId = readOpenId(env);
  const proxies = readProxies(env.TRUSTED_PROXIES);
  const faults = [
    ...malformed,
    ...policy.faults,
    ...halfConfigured(env),
    ...mail.faults,
    ...webchat.faults,
    ...alerts.faults,
    ...clientArea.faults,
    ...openId.faults,
    ...proxies.faults,
    ...noDesk(env),
    ...noStaff(env, policy.policy),
  ];
  if (faults.length > 0 || policy.policy === undefined) return { ok: false, faults };
  const platforms = { ...platformsOf(env), email: mail.settings, webchat: webchat.settings };
  return {
    ok: true,
    config: {
      port: Number(env.PORT ?? 3000),
      dataDir: resolve(env.DATA_DIR ?? 'data'),
      databaseUrl: env.DATABASE_URL,
      policy: policy.policy,
      platforms,
      alertSecrets: alerts.secrets,
      clientAreaKey: clientArea.key,
      openId: openId.settings,
      trustedProxies: proxies.ranges,
      files: filesOf(env),
      remarks: [
        ...remarksOn(platforms),
        ...remarksOnFiles(env),
        ...remarksOnSuppliers(policy.policy?.alerts ?? [], platforms.email?.incoming !== undefined),
      ],
      logLevel: env.LOG_LEVEL ?? 'info',
    },
  };
}

/** What is set, right or not: enough to see what is missing beside what is malformed. */
function given(variables: Readonly<Record<string, string | undefined>>): Environment {
  const names = Object.keys(environment.shape) as (keyof Environment)[];
  return Object.fromEntries(
    names.map(name => [name, variables[name]?.trim() || undefined]),
  ) as unknown as Environment;
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** Reads and checks a policy file, with the files that it names, which lie beside it. */
export function readPolicyFile(path: string): { policy?: Policy; faults: string[] } {
  let source: string;
  try {
    source = readFileSync(path, 'utf8');
  } catch {
    return {
      faults: [`There is no policy at ${path}: copy desk.yaml there, or set DESK_POLICY to where it is.`],
    };
  }
  const result = readPolicy(source, name => textOf(resolve(dirname(path), name)));
  return result.ok
    ? { policy: result.policy, faults: [] }
    : { faults: result.faults.map(fault => `${path}, ${fault}.`) };
}

/** What each platform cannot do without, once any of its variables is set. */
function halfConfigured(env: Environment): string[] {
  const faults: string[] = [];
  const needs = (
    platform: string,
    given: readonly (keyof Environment)[],
    required: readonly (keyof Environment)[],
  ): void => {
    if (!given.some(name => env[name] !== undefined)) return;
    const missing = required.filter(name => env[name] === undefined);
    if (missing.length > 0)
      faults.push(
        `${platform} is only half set up: set ${missing.join(' and ')} too, or none of its variables.`,
      );
  };
  const slack = [
    'SLACK_BOT_TOKEN',
    'SLACK_SIGNING_SECRET',
    'SLACK_APP_TOKEN',
    'SLACK_DESK_CHANNEL_ID',
  ] as const;
  needs('Slack', slack, ['SLACK_BOT_TOKEN']);
  if (
    env.SLACK_BOT_TOKEN !== undefined &&
    env.SLACK_SIGNING_SECRET === undefined &&
    env.SLACK_APP_TOKEN === undefined
  )
    faults.push(
      'Slack cannot reach the desk: set SLACK_SIGNING_SECRET (requests to /hooks/slack) or SLACK_APP_TOKEN (Socket Mode).',
    );
  const discord = ['DISCORD_TOKEN', 'DISCORD_GUILD_ID'] as const;
  needs('Discord', [...discord, 'DISCORD_PUBLIC_KEY', 'DISCORD_DESK_CHANNEL_ID'], discord);
  needs('The S3 storage of files', [...s3Variables, 'FILES_S3_REGION'], s3Variables);
  needs('Telegram', ['TELEGRAM_WEBHOOK_SECRET'], ['TELEGRAM_BOT_TOKEN', 'PUBLIC_URL']);
  needs('Telegram', ['TELEGRAM_DESK_CHAT_ID'], ['TELEGRAM_BOT_TOKEN']);
  if (
    [env.SLACK_BOT_TOKEN, env.DISCORD_TOKEN, env.TELEGRAM_BOT_TOKEN].every(token => token === undefined) &&
    faults.length === 0
  )
    faults.push(
      'No platform is set up: set SLACK_BOT_TOKEN, DISCORD_TOKEN or TELEGRAM_BOT_TOKEN (README says where to get them), or try `npm run demo`.',
    );
  return faults;
}

/** Each place that can be a desk, with the platform whose people staff it. */
const desks = [
  { variable: 'DISCORD_DESK_CHANNEL_ID', kind: 'discord', who: 'the id of your staff role' },
  {
    variable: 'SLACK_DESK_CHANNEL_ID',
    kind: 'slack',
    who: '`channel`, or the ids of people and user groups,',
  },
  {
    variable: 'TELEGRAM_DESK_CHAT_ID',
    kind: 'telegram',
    who: '`administrator`, `member`, or the ids of people',
  },
] as const;

/** Tickets that nobody would see are worse than a desk that does not start. */
function noDesk(env: Environment): string[] {
  const tokens = [env.SLACK_BOT_TOKEN, env.DISCORD_TOKEN, env.TELEGRAM_BOT_TOKEN];
  if (tokens.every(token => token === undefined) || desks.some(desk => env[desk.variable] !== undefined))
    return [];
  return [
    'There is no desk, so nobody would see the tickets: set DISCORD_DESK_CHANNEL_ID (a forum), SLACK_DESK_CHANNEL_ID (a channel) or TELEGRAM_DESK_CHAT_ID (a group with topics).',
  ];
}

function noStaff(env: Environment, policy: Policy | undefined): string[] {
  if (policy === undefined) return [];
  return desks
    .filter(desk => env[desk.variable] !== undefined && (policy.staff.roles[desk.kind] ?? []).length === 0)
    .map(
      ({ kind, who }) =>
        `Nobody could answer: put ${who} under staff.roles.${kind} in the policy (desk.yaml).`,
    );
}

function platformsOf(env: Environment): Platforms {
  return {
    slack:
      env.SLACK_BOT_TOKEN === undefined
        ? undefined
        : {
            botToken: env.SLACK_BOT_TOKEN,
            signingSecret: env.SLACK_SIGNING_SECRET,
            appToken: env.SLACK_APP_TOKEN,
            deskChannelId: env.SLACK_DESK_CHANNEL_ID,
            apiUrl: env.SLACK_API_URL?.replace(/\/*$/, '/'),
          },
    discord:
      env.DISCORD_TOKEN === undefined
        ? undefined
        : {
            token: env.DISCORD_TOKEN,
            publicKey: env.DISCORD_PUBLIC_KEY,
            guildId: env.DISCORD_GUILD_ID ?? '',
            deskChannelId: env.DISCORD_DESK_CHANNEL_ID,
            apiUrl: env.DISCORD_API_URL,
          },
    telegram:
      env.TELEGRAM_BOT_TOKEN === undefined
        ? undefined
        : {
            token: env.TELEGRAM_BOT_TOKEN,
            webhookSecret: env.TELEGRAM_WEBHOOK_SECRET,
            publicUrl: env.PUBLIC_URL?.replace(/\/+$/, ''),
            deskChatId: env.TELEGRAM_DESK_CHAT_ID,
            apiRoot: env.TELEGRAM_API_ROOT,
          },
  };
}
