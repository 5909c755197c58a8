import type { Story } from '../model.ts';

/** All stories, in the order of the tour. */
export const stories: readonly Story[] = [];
