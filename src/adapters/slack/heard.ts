/** The words between receiving and responding. */
import type { Inbound, Sender } from '../../core/index.ts';
import type { Meta } from './controls.ts';
import type { View } from './payloads.ts';
import type { Spot, Where } from './whereabouts.ts';

/** The way back to the person who acted. */
export type Reply =
  | { readonly to: 'nobody' }
  | { readonly to: 'command'; readonly trigger: string; readonly place: string }
  /** Pressed at the page of one's own. */
  | { readonly to: 'home'; readonly trigger: string }
  /** Written in a thread: the answer goes there, for the writer's eyes only. */
  | { readonly to: 'thread'; readonly channel: string; readonly thread: string; readonly user: string }
  | { readonly to: 'submission'; readonly view: View; readonly meta: Meta }
  | { readonly to: 'view'; readonly trigger: string; readonly view: View; readonly meta: Meta }
  | {
      readonly to: 'message';
      readonly trigger: string;
      readonly responseUrl?: string;
      readonly thread?: string;
      readonly place: string;
    };

/** An event, still without its sender's name. */
export interface Heard {
  readonly space: string;
  readonly user: string;
  /** What to go by when Slack does not tell the name in time. */
  readonly otherwise?: Pick<Sender, 'name' | 'locale'>;
  /** The sender goes by what is known already. */
  readonly asIs: boolean;
  /** The message it is about, where its conversation has to be found out. */
  readonly spot?: Spot;
  /** `where` is about `spot`. */
  event(from: Sender, where: Where): Inbound;
  readonly reply: Reply;
}

/** `channel/thread`, or the channel alone. */
export function addressOf(channel: string, thread: string | undefined): string {
  return thread ? `${channel}/${thread}` : channel;
}

/**
 * Whether a channel is somebody's chat with the app: their ids begin with D, and nothing else that says so comes with every event.
 * Events of other people's chats do not come to an app.
 */
export function isDirectChat(channel: string): boolean {
  return channel.startsWith('D');
}

/** A time as Slack writes it; `otherwise` where it is none. */
export function timeOf(ts: string, otherwise: Date): Date {
  const ms = Math.round(Number(ts) * 1000);
  return ms > 0 && ms < 8.64e15 ? new Date(ms) : otherwise;
}
