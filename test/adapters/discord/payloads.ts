/** Payloads in the shape of `shared/recorded/discord*.json`, cut to what matters, with made-up people. */
export const ids = {
  guild: '1457468924290662599',
  bot: '1457469483726668048',
  channel: '1457510428359004343',
  thread: '1457536551830421524',
  ana: '1033044521375764530',
  role: '1457473602180878604',
};

export const user = (extra: object = {}) => ({
  id: ids.ana,
  username: 'ana84',
  global_name: 'Ana',
  discriminator: '0',
  avatar: null,
  ...extra,
});

export const member = (extra: object = {}) => ({
  nick: null,
  roles: [ids.role],
  joined_at: '2026-01-04T20:21:10.139000+00:00',
  permissions: '9007199254740991',
  user: user(),
  ...extra,
});

export const interaction = (extra: object) => ({
  id: '1457536583141163186',
  application_id: ids.bot,
  token: 'token-of-the-interaction',
  version: 1,
  guild_id: ids.guild,
  guild_locale: 'en-US',
  locale: 'pl',
  channel_id: ids.channel,
  channel: { id: ids.channel, type: 0, parent_id: null, name: 'support' },
  member: member(),
  ...extra,
});

export const command = (sub: string, options: object[] = [], extra: object = {}) =>
  interaction({
    type: 2,
    data: { id: '1457536583141163100', name: 'ticket', type: 1, options: [{ type: 1, name: sub, options }] },
    ...extra,
  });

export const inThread = {
  channel_id: ids.thread,
  channel: { id: ids.thread, type: 12, parent_id: ids.channel, name: '#12 Server down' },
};

export const press = (custom_id: string, extra: object = {}) =>
  interaction({
    type: 3,
    data: { component_type: 2, custom_id, id: 2 },
    message: { id: '1457536567810854934', content: 'Hello', type: 0 },
    ...inThread,
    ...extra,
  });

export const submit = (custom_id: string, components: object[]) =>
  interaction({ type: 5, data: { custom_id, components } });

export const message = (content: string, extra: object = {}) => ({
  id: '1473118765716602880',
  type: 0,
  channel_id: ids.thread,
  channel_type: 12,
  guild_id: ids.guild,
  content,
  author: user(),
  member: { nick: null, roles: [ids.role] },
  mentions: [],
  mention_roles: [],
  mention_everyone: false,
  attachments: [],
  embeds: [],
  components: [],
  flags: 0,
  pinned: false,
  tts: false,
  timestamp: '2026-02-17T00:48:03.193000+00:00',
  edited_timestamp: null,
  ...extra,
});
