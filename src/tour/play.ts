import { gather } from './tell.ts';
import type { Line, Story, World } from './model.ts';
import { stories } from './stories/index.ts';

/** How the tour ended. */
export interface TourResult {
  readonly stories: number;
  readonly failed: number;
  readonly seconds: number;
}

interface Output {
  /** JSON lines instead of a transcript for people. */
  readonly json: boolean;
  readonly write: (text: string) => void;
}

const PLATFORMS = { slack: 'Slack', discord: 'Discord', telegram: 'Telegram' } as const;

/** Plays all stories one after the other; one that fails does not stop the others. True when all passed. */
export async function playTour(world: World, { json, write }: Output): Promise<boolean> {
  const begun = performance.now();
  let failed = 0;
  for (const story of stories) {
    if (!json) write(`\n${story.name}\n`);
    const why = await playOne(world, story, line => write(json ? jsonOf(line) : textOf(line)));
    if (why === undefined) continue;
    failed += 1;
    if (json) write(`${JSON.stringify({ story: story.name, failed: why })}\n`);
    else write(`  FAILED: ${why.replace(/\n/g, '\n    ')}\n`);
  }
  const seconds = Math.round((performance.now() - begun) / 100) / 10;
  const result: TourResult = { stories: stories.length, failed, seconds };
  write(json ? `${JSON.stringify(result)}\n` : `\n${result.stories} stories, ${failed} failed, ${seconds} s\n`);
  return failed === 0;
}

async function playOne(world: World, story: Story, write: (line: Line) => void): Promise<string | undefined> {
  try {
    await story.play(gather(world, write));
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function jsonOf({ platform, person, what, text, ticket }: Line): string {
  return `${JSON.stringify({ platform, person, [what]: text, text, ticket: ticket ?? null })}\n`;
}

function textOf({ platform, person, what, text, ticket }: Line): string {
  const name = person.charAt(0).toUpperCase() + person.slice(1);
  const number = ticket === undefined ? '' : `#${ticket}`;
  const deed = what === 'does' ? text : `sees ${text}`;
  return `  ${PLATFORMS[platform].padEnd(9)} ${name.padEnd(5)} ${number.padEnd(4)} ${deed}\n`;
}
