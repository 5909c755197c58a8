import type { Impact, NoticeObject } from '../notice/index.ts';

/** Something that monitoring tells of, whoever wrote it. All of its text is untrusted, and for staff only. */
export interface Alert {
  /** The source's own id of it, the same each time it fires; at most 200 characters. */
  readonly fingerprint: string;
  readonly state: 'firing' | 'resolved';
  /** One line. */
  readonly summary: string;
  readonly labels: Readonly<Record<string, string>>;
  /** What it is about, a line each as `/notice` writes it, where the source says it so. */
  readonly about?: readonly string[];
  readonly impact?: Impact;
  /** When it began and ended, where the source says so. */
  readonly beganAt?: Date;
  readonly endedAt?: Date;
}

/** Where the work of a supplier stands, as MAINTNOTE calls it. */
export type WorkState = 'tentative' | 'confirmed' | 'in-process' | 'completed' | 'cancelled';

/** Planned work of a supplier, as its calendar tells. All of its text is untrusted, and for staff only. */
export interface SupplierWork {
  /** The same for all that is ever said of it; at most 200 characters. */
  readonly uid: string;
  /** Grows: what has a lower one than what is known is old. */
  readonly sequence: number;
  /** When its calendar was written, where that says so. */
  readonly stampedAt?: Date;
  readonly state: WorkState;
  /** One line. */
  readonly summary: string;
  readonly provider: string;
  readonly account: string;
  readonly from: Date;
  readonly to: Date;
  /** The supplier's own ids of what is worked on, and how much is felt. */
  readonly objects: readonly { readonly id: string; readonly impact: Impact }[];
}

/** Work of a supplier as it is kept. */
export interface WorkRow {
  readonly source: string;
  readonly uid: string;
  readonly sequence: number;
  readonly state: WorkState;
  readonly summary: string;
  readonly provider: string;
  readonly fromAt: Date;
  readonly toAt: Date;
  readonly noticeId: number | null;
  readonly edition: number;
  readonly shownEdition: number;
  readonly stampedAt: Date | null;
  /** SHA-256 of what was said of it last; null for what was heard before that was kept. */
  readonly words: Buffer | null;
  /** SHA-256 of what staff were told of last because nothing says that it is later. */
  readonly doubted: Buffer | null;
  /** Staff were told to look at it, because there is no draft. */
  readonly told: boolean;
}

/** What a source has sent, verified and read. */
export interface AlertsSent {
  /** The name of the source in the policy. */
  readonly source: string;
  /** The source's own id of the request, where it has one: what comes again under it was taken before. */
  readonly id?: string;
  readonly alerts: readonly Alert[];
  /** Planned work of suppliers, from a calendar. */
  readonly works?: readonly SupplierWork[];
  /** Alerts that the source had and left out. */
  readonly truncated: number;
}

/** What came of taking what was sent. */
export interface AlertsTaken {
  /** Alerts, and work of suppliers, that were sent. */
  readonly alerts: number;
  /** Those that told something new. */
  readonly changed: number;
}

/** A request of a monitoring system, before its body is read. */
export interface AlertRequest {
  /** As it stands in the path: one of the kinds, or anything else. */
  readonly kind: string;
  /** What stands behind the kind in the path. */
  readonly token: string | undefined;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly now: Date;
}

/** Something wrong with a body: where, and what to do. */
export interface AlertFault {
  readonly path: readonly (string | number)[];
  readonly detail: string;
}

/** What came of reading a body. */
export type AlertsRead =
  | { readonly ok: true; readonly sent: AlertsSent }
  | {
      readonly ok: false;
      readonly status: 400 | 401 | 413;
      readonly title: string;
      readonly faults?: readonly AlertFault[];
      readonly why: string;
    };

/** Whether a body is read at all: not from who has no secret. `limit` is its longest length in bytes; `read` never throws. */
export type Admission =
  | { readonly ok: false; readonly status: 401 | 404; readonly title: string; readonly why: string }
  | { readonly ok: true; readonly limit: number; read(body: string): AlertsRead };

/** The port: knows who may send alerts, and how each writes them. Never throws for what a stranger may send. */
export interface AlertReceiver {
  admit(request: AlertRequest): Admission;
}

/** An alert as it is kept. */
export interface AlertRow {
  readonly id: number;
  readonly source: string;
  readonly fingerprint: string;
  readonly state: 'firing' | 'resolved';
  readonly summary: string;
  readonly objects: readonly NoticeObject[];
  /** Nothing of it goes out without staff. */
  readonly asks: boolean;
  readonly noticeId: number | null;
  readonly beganAt: Date;
  readonly endedAt: Date | null;
  readonly times: number;
  readonly heardAt: Date;
  readonly toldAt: Date | null;
  /** The newest moment that the source itself has given of it; null when it has given none. */
  readonly saidAt: Date | null;
}

/** An outage that alerts have drafted, as it is kept. */
export interface OutageRow {
  readonly noticeId: number;
  readonly source: string;
  readonly firingAt: Date;
  readonly lastAt: Date;
  readonly calmAt: Date | null;
  readonly nextAt: Date | null;
  readonly edition: number;
  readonly shownEdition: number;
  readonly auto: boolean;
  readonly truncated: number;
  readonly endedAt: Date | null;
}
