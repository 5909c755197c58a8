import type { Line, Story, World } from './model.ts';
import { stories } from './stories/index.ts';
import { gather } from './tell.ts';

/** How the tour ended: its last JSON line. */
export interface TourResult {
  readonly stories: number;
  readonly failed: number;
  readonly seconds: number;
}

/** Where the tour goes. */
export interface TourOutput {
  /** JSON lines instead of a transcript for people. */
  readonly json: boolean;
  readonly write: (text: string) => void;
  /** With JSON lines, what failed is said here, so that nothing else stands between them. */
  readonly complain: (text: string) => void;
}

const PLATFORMS = {
  slack: 'Slack',
  discord: 'Discord',
  telegram: 'Telegram',
  mail: 'Mail',
  web: 'Page',
  website: 'Website',
} as const;

/** Plays all stories one after the other; one that fails does not stop the others. */
export async function playTour(
  world: World,
  { json, write, complain }: TourOutput,
  played = stories,
): Promise<TourResult> {
  const begun = performance.now();
  let failed = 0;
  for (const story of played) {
    if (!json) write(`\n${story.name}\n`);
    const why = await playOne(world, story, line => write(json ? jsonOf(line) : textOf(line)));
    if (why === undefined) continue;
    failed += 1;
    if (json) complain(`${story.name}\n  FAILED: ${indented(why)}\n`);
    else write(`  FAILED: ${indented(why)}\n`);
  }
  const seconds = Math.round((performance.now() - begun) / 100) / 10;
  const result: TourResult = { stories: played.length, failed, seconds };
  write(
    json ? `${JSON.stringify(result)}\n` : `\n${played.length} stories, ${failed} failed, ${seconds} s\n`,
  );
  return result;
}

/** Plays a story; resolves with what was expected and what was on the screen, when it failed. */
async function playOne(world: World, story: Story, write: (line: Line) => void): Promise<string | undefined> {
  try {
    await closeWindows(world);
    await story.play(gather(world, write));
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** A story that failed may have left a form open in front of somebody. */
async function closeWindows({ slack, discord, telegram, website }: World): Promise<void> {
  const people = [slack, discord, telegram, website].flatMap(cast => cast.people);
  for (const person of people) if (person.screen().modal !== null) await person.dismisses();
}

function jsonOf({ platform, person, what, line, text, ticket }: Line): string {
  return `${JSON.stringify({ platform, person, [what]: line, text, ticket: ticket ?? null })}\n`;
}

function textOf({ platform, person, what, line, ticket }: Line): string {
  const name = person.charAt(0).toUpperCase() + person.slice(1);
  const number = ticket === undefined ? '' : `#${ticket}`;
  return `  ${PLATFORMS[platform].padEnd(9)} ${name.padEnd(5)} ${number.padEnd(4)} ${what === 'does' ? line : `sees ${line}`}\n`;
}

function indented(text: string): string {
  return text.replace(/\n/g, '\n    ');
}
