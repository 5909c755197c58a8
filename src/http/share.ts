/** Bytes of the bodies at one door that are read, looked at and stored at the same time: one of the largest mails as the services wrap it. */
const SHARE = 96 * 1024 * 1024;

/** What one request takes of its door's share. */
export class Part {
  /** Resolves when it has to make room; never otherwise. */
  readonly turnedAway: Promise<'too much'>;
  readonly #share: Share;
  readonly #turn: (why: 'too much') => void;
  #bytes = 0;
  #over = false;

  constructor(share: Share) {
    const { promise, resolve } = Promise.withResolvers<'too much'>();
    this.turnedAway = promise;
    this.#turn = resolve;
    this.#share = share;
  }

  /** So many bytes more have come, or will. */
  grow(bytes: number): void {
    if (this.#over) return;
    this.#bytes += bytes;
    this.#share.hold(bytes);
  }

  turnAway(): void {
    this.release();
    this.#turn('too much');
  }

  release(): void {
    if (this.#over) return;
    this.#over = true;
    this.#share.isRead(this);
    this.#share.hold(-this.#bytes);
  }
}

/** The memory that the bodies at one door take. Each door has its own, so that nobody shuts another's. */
export class Share {
  readonly #most: number;
  /** Those that may be turned away, in the order in which they began. */
  readonly #reading = new Set<Part>();
  #held = 0;

  constructor(most = SHARE) {
    this.#most = most;
  }

  /** Room for so many bytes, which nobody takes away; undefined when there is none. */
  reserve(bytes: number): Part | undefined {
    if (this.#held + bytes > this.#most) return undefined;
    const part = new Part(this);
    part.grow(bytes);
    return part;
  }

  /** Room for what comes of somebody who is not known yet. */
  begin(): Part {
    const part = new Part(this);
    this.#reading.add(part);
    return part;
  }

  /** All of it has come: it makes no room for others any more. */
  isRead(part: Part): void {
    this.#reading.delete(part);
  }

  /** When it is too much, whoever has been at it longest makes room. */
  hold(bytes: number): void {
    this.#held += bytes;
    for (const part of this.#reading) {
      if (this.#held <= this.#most) return;
      part.turnAway();
    }
  }
}
