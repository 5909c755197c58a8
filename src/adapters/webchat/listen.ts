import type { Listen, Sink } from '../../core/index.ts';

/** Where events go once somebody listens. */
export interface Listening {
  readonly listen: Listen;
  sink(): Sink | undefined;
}

/** Bubbles are let in from `listen` on until it is stopped; what they could not bring meanwhile they bring again. */
export function createListening(ended: () => void): Listening {
  let sink: Sink | undefined;
  return {
    sink: () => sink,
    listen: async given => {
      sink = given;
      return {
        async stop() {
          sink = undefined;
          ended();
        },
      };
    },
  };
}
