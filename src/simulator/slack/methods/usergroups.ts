import { ApiError } from '../args.ts';
import type { Obj } from '../json.ts';
import type { UserGroup, World } from '../world.ts';
import type { Method } from './method.ts';

function groupJson(world: World, group: UserGroup, withUsers: boolean): Obj {
  const created = 1_700_000_000;
  return {
    id: group.id,
    team_id: world.app.teamId,
    is_usergroup: true,
    is_subteam: true,
    name: group.name,
    description: '',
    handle: group.handle,
    is_external: false,
    date_create: created,
    date_update: created,
    date_delete: 0,
    auto_type: null,
    created_by: 'USLACKBOT',
    updated_by: 'USLACKBOT',
    deleted_by: null,
    prefs: { channels: [], groups: [] },
    ...(withUsers ? { users: [...group.users] } : {}),
    user_count: group.users.size,
  };
}

const list: Method = {
  scopes: ['usergroups:read'],
  tier: 2,
  token: 'bot',
  run: ({ world }, args) => ({
    usergroups: [...world.groups.values()].map(group => groupJson(world, group, args.flag('include_users'))),
  }),
};

const usersList: Method = {
  scopes: ['usergroups:read'],
  tier: 2,
  token: 'bot',
  run: ({ world }, args) => {
    const group = world.groups.get(args.need('usergroup'));
    if (!group) throw new ApiError('no_such_subteam');
    return { users: [...group.users] };
  },
};

/** usergroups.* */
export const groupMethods: Readonly<Record<string, Method>> = {
  'usergroups.list': list,
  'usergroups.users.list': usersList,
};
