import { fileJson } from './files.ts';
import type { Obj } from './json.ts';
import type { Channel, Message, OpenView, User, World } from './world.ts';

function seconds(ms: number): number {
  return Math.floor(ms / 1000);
}

/** The app as a message's `bot_profile` tells of it. */
function botProfile({ app }: World): Obj {
  const picture = `https://a.slack-edge.com/80588/img/plugins/app/bot_48.png`;
  return {
    id: app.botId,
    deleted: false,
    name: app.botName,
    updated: 1_700_000_000,
    app_id: app.appId,
    user_id: app.botUser,
    icons: { image_36: picture, image_48: picture, image_72: picture },
    team_id: app.teamId,
  };
}

function threadFacts(world: World, message: Message): Obj {
  const replies = world.repliesOf(message).filter(reply => reply.onlyFor === undefined);
  const last = replies.at(-1);
  if (message.threadTs !== undefined && message.threadTs !== message.ts) {
    const root = world.message(message.channel, message.threadTs);
    return { thread_ts: message.threadTs, parent_user_id: root?.user ?? '' };
  }
  if (!last) return {};
  const users = [...new Set(replies.map(reply => reply.user))];
  return {
    thread_ts: message.ts,
    reply_count: replies.length,
    reply_users_count: users.length,
    reply_users: users.slice(0, 5),
    latest_reply: last.ts,
    is_locked: false,
    subscribed: false,
  };
}

/** A message as the API and events tell it. Metadata only where it was asked for. */
export function messageJson(world: World, message: Message, withMetadata = false): Obj {
  const { app } = world;
  if (message.tombstone) {
    const gone = { type: 'message', subtype: 'tombstone', user: 'USLACKBOT', hidden: true };
    return { ...gone, text: message.text, ts: message.ts, ...threadFacts(world, message) };
  }
  const reactions = [...message.reactions].map(([name, users]) => ({ name, users, count: users.length }));
  return {
    user: message.user,
    type: 'message',
    // A reply sent to the channel too is a subtype of its own: https://docs.slack.dev/reference/events/message/thread_broadcast
    ...(message.broadcast ? { subtype: 'thread_broadcast' } : {}),
    ts: message.ts,
    ...(message.clientMsgId ? { client_msg_id: message.clientMsgId } : {}),
    ...(message.botId ? { bot_id: message.botId, app_id: app.appId } : {}),
    text: message.text,
    team: app.teamId,
    ...(message.botId ? { bot_profile: botProfile(world) } : {}),
    ...threadFacts(world, message),
    ...(message.blocks ? { blocks: message.blocks } : {}),
    ...(message.files.length > 0
      ? { files: message.files.map(file => fileJson(world, file)), upload: false, display_as_bot: false }
      : {}),
    ...(message.attachments ? { attachments: message.attachments } : {}),
    ...(message.edited ? { edited: message.edited } : {}),
    ...(reactions.length > 0 ? { reactions } : {}),
    ...(withMetadata && message.metadata ? { metadata: message.metadata } : {}),
  };
}

/** Seconds that a zone is ahead of UTC at this moment. */
function offsetOf(tz: string, at: number): number {
  const parts = new Intl.DateTimeFormat('en', { timeZone: tz, timeZoneName: 'longOffset' }).formatToParts(at);
  const name = parts.find(part => part.type === 'timeZoneName')?.value ?? 'GMT';
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60);
}

/** A user as `users.info` tells it. */
export function userJson(world: World, user: User, withLocale: boolean): Obj {
  const picture = `https://secure.gravatar.com/avatar/${user.id.toLowerCase()}.jpg`;
  return {
    id: user.id,
    team_id: world.app.teamId,
    name: user.handle,
    deleted: false,
    color: '9f69e7',
    real_name: user.realName,
    tz: user.tz,
    tz_label: user.tz,
    tz_offset: offsetOf(user.tz, world.clock.now()),
    profile: {
      title: '',
      real_name: user.realName,
      real_name_normalized: user.realName,
      display_name: user.bot ? '' : user.displayName,
      display_name_normalized: user.bot ? '' : user.displayName,
      ...(user.bot ? { bot_id: world.app.botId, api_app_id: world.app.appId } : {}),
      ...(!user.bot && world.app.scopes.includes('users:read.email') ? { email: user.email } : {}),
      image_48: picture,
      team: world.app.teamId,
    },
    is_admin: false,
    is_owner: false,
    is_restricted: false,
    is_ultra_restricted: false,
    is_bot: user.bot,
    is_app_user: false,
    updated: 1_700_000_000,
    ...(withLocale ? { locale: user.locale } : {}),
  };
}

/** A conversation as the API tells it to the bot. */
export function channelJson(world: World, channel: Channel): Obj {
  const created = seconds(channel.created);
  if (channel.kind === 'im') {
    const im = { is_im: true, is_archived: false, is_org_shared: false, is_user_deleted: false };
    return { id: channel.id, created, ...im, context_team_id: world.app.teamId, user: channel.user };
  }
  return {
    id: channel.id,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: true,
    is_group: false,
    is_im: false,
    is_mpim: false,
    is_private: false,
    is_archived: channel.archived,
    is_general: channel.name === 'general',
    is_shared: false,
    is_org_shared: false,
    is_member: channel.members.has(world.app.botUser),
    created,
    creator: 'USLACKBOT',
    context_team_id: world.app.teamId,
    topic: { value: '', creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
    num_members: channel.members.size,
  };
}

/** A modal as the API and interactions tell it. */
export function viewJson(world: World, view: OpenView): Obj {
  const { app } = world;
  return {
    id: view.id,
    team_id: app.teamId,
    type: view.body.type ?? 'modal',
    blocks: view.body.blocks,
    private_metadata: view.body.private_metadata ?? '',
    callback_id: view.body.callback_id ?? '',
    state: { values: view.values },
    hash: view.hash,
    ...(view.body.title === undefined ? {} : { title: view.body.title }),
    clear_on_close: view.body.clear_on_close ?? false,
    notify_on_close: view.body.notify_on_close ?? false,
    close: view.body.close ?? null,
    submit: view.body.submit ?? null,
    previous_view_id: view.previousId,
    root_view_id: view.rootId,
    app_id: app.appId,
    external_id: view.body.external_id ?? '',
    app_installed_team_id: app.teamId,
    bot_id: app.botId,
  };
}

/** What every interaction begins with. */
export function interactionBase(world: World, type: string, user: User): Obj {
  const { app } = world;
  return {
    type,
    team: { id: app.teamId, domain: app.teamDomain },
    user: { id: user.id, username: user.handle, name: user.handle, team_id: app.teamId },
    api_app_id: app.appId,
    token: app.verificationToken,
    enterprise: null,
    is_enterprise_install: false,
  };
}
