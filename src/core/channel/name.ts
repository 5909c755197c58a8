import type { Channel } from './model.ts';
import type { ChannelKind } from './words.ts';

/** The channel that people's own pages are: what is said in it they read there, and nowhere is it sent. */
export const WEB: ChannelKind = 'web';

/** Whether it is a platform where people talk with the desk: no mail, no chat on the website, no page. */
export function isPlatform({ kind, limits }: Pick<Channel, 'kind' | 'limits'>): boolean {
  return limits.way === undefined && kind !== WEB;
}

/** A channel as people read it: its word with a capital letter. */
export function platformName(kind: ChannelKind): string {
  return kind.charAt(0).toUpperCase() + kind.slice(1);
}
