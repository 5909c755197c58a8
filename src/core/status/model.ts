import type {
  NoticeKind,
  NoticeMove,
  NoticeObject,
  NoticeState,
  NoticeWindow,
  Worded,
} from '../notice/index.ts';

/** How something is, the best first: the worst wins. */
export const componentStates = ['operational', 'maintenance', 'degraded', 'outage'] as const;
/** How something is. */
export type ComponentState = (typeof componentStates)[number];

/** A part of what the provider offers, as the page shows it. */
export interface Component {
  /** By language. */
  readonly name: Readonly<Record<string, string>>;
  readonly locations: readonly string[];
  readonly products: readonly string[];
  /** As they are kept: `203.0.113.0/24`. */
  readonly networks: readonly string[];
}

/** Something that is not one customer's: a location (also for a rack in it), a product, a range of addresses, or everything. */
export type PublicObject = NoticeObject & { readonly type: 'location' | 'network' | 'product' | 'all' };

/** Something that was said of a notice, or that the clock did. Times are ISO 8601. */
export interface PublicEvent {
  /** Never another's within its notice, and always the same. */
  readonly key: string;
  readonly what: NoticeMove | 'start' | 'finish';
  /** Where it led to. */
  readonly state: NoticeState;
  readonly text: Worded;
  readonly windows: readonly NoticeWindow[];
  readonly at: string;
}

/** What everybody may know of a notice. */
export interface PublicNotice {
  readonly id: number;
  readonly kind: NoticeKind;
  readonly state: NoticeState;
  readonly revision: number;
  readonly title: Worded;
  readonly objects: readonly PublicObject[];
  readonly windows: readonly NoticeWindow[];
  /** Windows that there were behind these, and are no more. */
  readonly dropped: readonly NoticeWindow[];
  /** In the order of time; never empty. */
  readonly events: readonly PublicEvent[];
}

/** What the desk knew at a moment. It goes through JSON unchanged. */
export interface Snapshot {
  readonly readAt: string;
  readonly components: readonly Component[];
  readonly notices: readonly PublicNotice[];
}

/** Where a notice stands on the page. */
export type Phase = 'now' | 'planned' | 'past';

/** Keeps one text where it is still there after a restart. */
export interface Keepsake {
  /** Undefined when there is none, or none that can be read. */
  read(): Promise<string | undefined>;
  /** Whole or not at all. */
  write(text: string): Promise<void>;
}
