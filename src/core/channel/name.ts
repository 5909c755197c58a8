import type { ChannelKind } from './words.ts';

/** The channel that people's own pages are: what is said in it they read there, and nowhere is it sent. */
export const WEB: ChannelKind = 'web';

/** A channel as people read it: its word with a capital letter. */
export function platformName(kind: ChannelKind): string {
  return kind.charAt(0).toUpperCase() + kind.slice(1);
}
