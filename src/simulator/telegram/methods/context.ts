import type { Args } from '../args.ts';
import type { UpdateQueue } from '../updates.ts';
import type { Webhook } from '../webhook.ts';
import type { World } from '../world.ts';

/** What a method of the API works on. */
export interface Context {
  readonly world: World;
  readonly queue: UpdateQueue;
  readonly webhook: Webhook;
  /** Ends when the caller has hung up. */
  readonly aborted: AbortSignal;
}

/** One method of the API: gives the `result`, or throws an ApiError. */
export type Method = (context: Context, args: Args) => unknown;

/** A result with the remark that the platform adds to some. */
export class Remarked {
  readonly result: unknown;
  readonly description: string;

  constructor(result: unknown, description: string) {
    this.result = result;
    this.description = description;
  }
}
