/** Letters: what is written to the desk in no place. Which ticket it is about, from whom, and what of it is nobody's word. */

export { takeBounce } from './bounce.ts';
export { type AsideView, listAside } from './list-aside.ts';
export { takeLetter } from './take.ts';
