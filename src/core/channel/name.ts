import type { ChannelKind } from './words.ts';

/** A channel as people read it: its word with a capital letter. */
export function platformName(kind: ChannelKind): string {
  return kind.charAt(0).toUpperCase() + kind.slice(1);
}
