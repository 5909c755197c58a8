import type { Screen, Simulator } from '../model.ts';

/** The newest messages of a place that the page is given; a real client loads older ones on demand. */
const MESSAGES_SHOWN = 100;

/** What everybody on every platform sees now. */
export function screensOf(simulators: readonly Simulator[]): Screen[] {
  return simulators.flatMap(({ people }) => people.map(person => shortened(person.screen())));
}

function shortened(screen: Screen): Screen {
  const places = screen.places.map(place => ({ ...place, messages: place.messages.slice(-MESSAGES_SHOWN) }));
  return { ...screen, places };
}

/** The screens that differ from what was sent, as JSON; they count as sent from now on. */
export function news(simulators: readonly Simulator[], sent: Map<string, string>): string[] {
  const changed: string[] = [];
  for (const screen of screensOf(simulators)) {
    const key = `${screen.platform}/${screen.person}`;
    const json = JSON.stringify(screen);
    if (sent.get(key) === json) continue;
    sent.set(key, json);
    changed.push(json);
  }
  return changed;
}

/** Rings when anything visible to anybody changed. A change between two looks is not lost, and many are one. */
export class Bell {
  readonly #stops: (() => void)[];
  #rung = false;
  #ended = false;
  #wake: (() => void) | undefined;

  constructor(simulators: readonly Simulator[]) {
    this.#stops = simulators.map(simulator => simulator.onChange(() => this.#ring()));
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Resolves with true at once when it rang since the last look, else when it rings or ends; with false after `ms`. */
  async rings(ms: number): Promise<boolean> {
    if (!this.#rung && !this.#ended) {
      await new Promise<void>(resolve => {
        const timer = setTimeout(resolve, ms);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#wake = undefined;
    }
    const rang = this.#rung || this.#ended;
    this.#rung = false;
    return rang;
  }

  /** Stops listening, and whoever waits goes on. */
  end(): void {
    this.#ended = true;
    for (const stop of this.#stops) stop();
    this.#wake?.();
  }

  #ring(): void {
    this.#rung = true;
    this.#wake?.();
  }
}
