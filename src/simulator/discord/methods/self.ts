import { apiError } from '../errors.ts';
import { refreshed } from '../files.ts';
import { Form } from '../form.ts';
import { channelWire, userWire } from '../wire.ts';
import type { World } from '../world.ts';
import type { Call, Route } from './route.ts';
import { bodyOf, ok } from './route.ts';

/** Application flags: Gateway Guild Members (limited) and Message Content (limited) as an unverified app has them. */
function applicationFlags(world: World): number {
  return (1 << 15) | (world.messageContent ? 1 << 19 : 0);
}

/** The application as the API writes it. */
function applicationWire(world: World): Record<string, unknown> {
  return {
    id: world.applicationId,
    name: world.bot.username,
    icon: null,
    description: '',
    type: null,
    summary: '',
    bot: userWire(world.bot),
    bot_public: true,
    bot_require_code_grant: false,
    verify_key: world.publicKey,
    flags: applicationFlags(world),
    hook: true,
    storefront_available: false,
    interactions_endpoint_url: world.interactionsUrl ?? null,
    owner: null,
    team: null,
    integration_types_config: { 0: {}, 1: {} },
  };
}

function gatewayBot(call: Call) {
  return ok({
    url: call.gatewayUrl,
    shards: 1,
    session_start_limit: {
      total: 1000,
      remaining: call.identifiesLeft,
      reset_after: 86_400_000,
      max_concurrency: 1,
    },
  });
}

function openDm(call: Call) {
  const form = new Form();
  const id = form.snowflake(['recipient_id'], bodyOf(call).recipient_id);
  form.check();
  const user = call.world.users.get(id ?? '');
  if (!user || user.bot) throw apiError(50033);
  return ok(channelWire(call.world, call.world.dmWith(user.id)));
}

/** Fresh links for those that have expired: at most 50 at once; a foreign one stays as it is. */
function refreshUrls(call: Call) {
  const form = new Form();
  const links = form.list(['attachment_urls'], bodyOf(call).attachment_urls, 1, 50).map(String);
  form.check();
  return ok({
    refreshed_urls: links.map(original => ({
      original,
      refreshed: refreshed(call.world, original) ?? original,
    })),
  });
}

/** Gateway addresses, the bot itself, its application, users and direct chats. */
export const selfRoutes: readonly Route[] = [
  { verb: 'GET', path: '/gateway', auth: 'token', run: call => ok({ url: call.gatewayUrl }) },
  { verb: 'GET', path: '/gateway/bot', auth: 'bot', run: gatewayBot },
  { verb: 'GET', path: '/users/@me', auth: 'bot', run: call => ok(userWire(call.world.bot)) },
  {
    verb: 'GET',
    path: '/users/{user_id}',
    auth: 'bot',
    run: call => ok(userWire(call.world.user(call.params.user_id))),
  },
  { verb: 'POST', path: '/users/@me/channels', auth: 'bot', run: openDm },
  { verb: 'POST', path: '/attachments/refresh-urls', auth: 'bot', run: refreshUrls },
  { verb: 'GET', path: '/applications/@me', auth: 'bot', run: call => ok(applicationWire(call.world)) },
  {
    verb: 'GET',
    path: '/oauth2/applications/@me',
    auth: 'bot',
    run: call => ok(applicationWire(call.world)),
  },
];
