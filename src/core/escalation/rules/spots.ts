import type { PageWay } from '../../policy/index.ts';
import type { Spot } from '../model.ts';

/** What there is to reach somebody with. */
export interface Means {
  /** Channels on which the person has an id, in their order. */
  readonly channels: readonly string[];
  /** Channels with which somebody's own chat can be written to. */
  readonly chats: readonly string[];
  /** Channels that hold a desk. */
  readonly desks: readonly string[];
  /** The channel whose ids are mail addresses. */
  readonly mail: string;
}

/** A person's ways as places that there are, first choice first; a way that the desk cannot go is left out. */
export function spotsOf(ways: readonly PageWay[], { channels, chats, desks, mail }: Means): Spot[] {
  return [...new Set(ways)].flatMap(way =>
    channels.filter(channel => fits(way, channel, { chats, desks, mail })).map(channel => ({ way, channel })),
  );
}

function fits(way: PageWay, channel: string, { chats, desks, mail }: Omit<Means, 'channels'>): boolean {
  switch (way) {
    case 'mail':
      return channel === mail && chats.includes(mail);
    case 'dm':
      return channel !== mail && chats.includes(channel);
    case 'mention':
      return desks.includes(channel);
  }
}
