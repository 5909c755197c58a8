/**
 * What the desk says of itself in numbers: the board as it is now, and the report of a week. Each is words first; a picture shows the same.
 * Numbers come from promises and messages as they are in the database, by pure rules; the clock and what is missed are not judged here.
 */
export { boardFor, reportFor } from './ask.ts';
export { postWeeks } from './post-week.ts';
