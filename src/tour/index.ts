export { entryFor } from './entry.ts';
/** The tour: the main stories, played by the pretend people and written down. */
export type { ClientArea } from './model.ts';
export { playOpening } from './opening.ts';
export { playTour, type TourOutput, type TourResult } from './play.ts';
