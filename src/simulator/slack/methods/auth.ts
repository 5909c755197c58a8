import { ApiError } from '../args.ts';
import { userJson } from '../payloads.ts';
import { type Method, page } from './method.ts';

const apiTest: Method = {
  scopes: [],
  tier: 4,
  token: 'none',
  run: (_sim, args) => {
    const error = args.text('error');
    if (error) throw new ApiError(error, [], { args: args.values });
    return { args: args.values };
  },
};

const authTest: Method = {
  scopes: [],
  tier: 'special',
  token: 'bot',
  run: ({ world: { app } }) => ({
    url: `https://${app.teamDomain}.slack.com/`,
    team: app.teamName,
    user: app.botName.toLowerCase(),
    team_id: app.teamId,
    user_id: app.botUser,
    bot_id: app.botId,
    is_enterprise_install: false,
  }),
};

const connectionsOpen: Method = {
  scopes: [],
  tier: 1,
  token: 'app',
  run: ({ world, socket, origin }) => {
    if (!socket) throw new ApiError('not_enabled');
    const ticket = socket.ticket(world.hex(32));
    if (ticket === undefined) throw new ApiError('too_many_websockets');
    const url = `${origin.replace(/^http/, 'ws')}/link/?ticket=${ticket}&app_id=${world.app.appId}`;
    return { url };
  },
};

const teamInfo: Method = {
  scopes: ['team:read'],
  tier: 3,
  token: 'bot',
  run: ({ world: { app } }) => ({
    team: {
      id: app.teamId,
      name: app.teamName,
      url: `https://${app.teamDomain}.slack.com/`,
      domain: app.teamDomain,
      email_domain: '',
      icon: { image_default: true },
    },
  }),
};

const usersInfo: Method = {
  scopes: ['users:read'],
  tier: 4,
  token: 'bot',
  run: ({ world }, args) => {
    const user = world.users.get(args.need('user'));
    if (!user) throw new ApiError('user_not_found');
    return { user: userJson(world, user, args.flag('include_locale')) };
  },
};

const usersList: Method = {
  scopes: ['users:read'],
  tier: 2,
  token: 'bot',
  run: ({ world }, args) => {
    const [users, meta] = page([...world.users.values()], args, 1000, 1000);
    const withLocale = args.flag('include_locale');
    const members = users.map(user => userJson(world, user, withLocale));
    return { members, cache_ts: Math.floor(world.clock.now() / 1000), ...meta };
  },
};

/** Who is who: api.*, auth.*, apps.*, team.*, users.*. */
export const authMethods: Readonly<Record<string, Method>> = {
  'api.test': apiTest,
  'auth.test': authTest,
  'apps.connections.open': connectionsOpen,
  'team.info': teamInfo,
  'users.info': usersInfo,
  'users.list': usersList,
};
