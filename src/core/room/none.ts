import type { Rooms } from './model.ts';

const away = (): Promise<never> => Promise.reject(new Error('there is no database here to keep rooms in'));

/** Rooms for whoever only looks at a channel, without a database: none of them can be had. */
export const noRooms: Rooms = {
  make: away,
  opened: away,
  at: away,
  add: away,
  change: away,
  find: away,
  after: away,
  news: away,
  write: away,
  writing: away,
  read: away,
  hasRead: away,
};
