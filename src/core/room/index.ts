/**
 * Rooms: places that no platform keeps, so that the desk keeps what is said in them itself. A room is found by its address, or by the secret that
 * lets its person in, of which only the hash is kept. A line has a `ref` for good, and a `seq` that grows with each change in the order of the
 * commits: whoever asks for all after the last `seq` they have seen misses nothing, and whatever comes again under its key is there once.
 */
export type { Line, LineBody, Room, Rooms } from './model.ts';
export { noRooms } from './none.ts';
export { createRooms } from './rooms.ts';
