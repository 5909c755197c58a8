/** Whoever asked on the status page to get all that is public by mail: confirmed by a link first, ended by one click. */
export { askToSubscribe, canSubscribe } from './ask.ts';
export { subscriberPages } from './pages.ts';
export { spreadWords } from './spread.ts';
