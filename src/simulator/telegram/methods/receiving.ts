import type { Args } from '../args.ts';
import { ApiError, badRequest } from '../errors.ts';
import { type Context, type Method, Remarked } from './context.ts';

/** The longest wait of one poll in seconds (telegram-bot-api, LONG_POLL_MAX_TIMEOUT). */
const LONGEST_POLL = 50;

const getMe: Method = ({ world }) => ({
  ...world.bot,
  can_join_groups: true,
  can_read_all_group_messages: false,
  supports_inline_queries: false,
  can_connect_to_business: false,
  has_main_web_app: false,
  has_topics_enabled: world.privateTopics,
  allows_users_to_create_topics: false,
});

const getUpdates: Method = async ({ queue, webhook, aborted }, args) => {
  if (webhook.settings) {
    throw new ApiError(
      409,
      "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    );
  }
  readAllowed(queue, args);
  queue.end('other getUpdates request; make sure that only one bot instance is running');
  const offset = args.int('offset', 0);
  const limit = Math.min(Math.max(args.int('limit', 100), 1), 100);
  const timeout = Math.min(Math.max(args.int('timeout', 0), 0), LONGEST_POLL);
  const first = queue.take(offset, limit);
  if (first.length > 0 || timeout === 0) return first;
  await queue.wait(timeout * 1000, aborted);
  return aborted.aborted ? [] : queue.take(offset, limit);
};

const setWebhook: Method = ({ queue, webhook }, args) => {
  const url = args.text('url');
  if (url === '') return dropWebhook(queue, webhook, args);
  const secret = args.text('secret_token');
  if (secret.length > 256) throw badRequest('secret token is too long');
  if (!/^[A-Za-z0-9_-]*$/.test(secret)) throw badRequest('secret token contains unallowed characters');
  checkAddress(url);
  readAllowed(queue, args);
  if (args.flag('drop_pending_updates')) queue.clear();
  const same = webhook.settings?.url === url && webhook.settings.secret === secret;
  const maxConnections = Math.min(Math.max(args.int('max_connections', 40), 1), 100);
  webhook.settings = { url, secret, maxConnections };
  queue.end('setWebhook request');
  webhook.pump();
  return new Remarked(true, same ? 'Webhook is already set' : 'Webhook was set');
};

const deleteWebhook: Method = ({ queue, webhook }, args) => dropWebhook(queue, webhook, args);

const getWebhookInfo: Method = ({ webhook }) => webhook.info();

function dropWebhook(queue: Context['queue'], webhook: Context['webhook'], args: Args): Remarked {
  if (args.flag('drop_pending_updates')) queue.clear();
  const was = webhook.settings !== undefined;
  webhook.settings = undefined;
  return new Remarked(true, was ? 'Webhook was deleted' : 'Webhook is already deleted');
}

/** Plain http is taken on loopback only, where the real platform cannot reach. */
function checkAddress(address: string): void {
  if (!URL.canParse(address)) throw badRequest('bad webhook: invalid URL specified');
  const { protocol, hostname, port } = new URL(address);
  if (['127.0.0.1', 'localhost', '[::1]'].includes(hostname)) return;
  if (protocol !== 'https:') throw badRequest('bad webhook: An HTTPS URL must be provided for webhook');
  if (!['', '443', '80', '88', '8443'].includes(port)) {
    throw badRequest('bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443');
  }
}

/** The setting stays when the argument is absent (core.telegram.org/bots/api#getupdates). Unknown names are ignored. */
function readAllowed(queue: Context['queue'], args: Args): void {
  const raw = args.json('allowed_updates', 'allowed updates');
  if (Array.isArray(raw)) queue.allowed = raw.filter(name => typeof name === 'string');
}

export const receiving = { getMe, getUpdates, setWebhook, deleteWebhook, getWebhookInfo } as const;
