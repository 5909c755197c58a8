/** Where a ticket goes on the ladder of levels: pure. */
import type { LevelPolicy } from '../../policy/index.ts';

type Levels = readonly LevelPolicy[];

/** Where a ticket is: the first level of the policy while nobody has moved it, or when its level is in the policy no more. */
export function levelOf(levels: Levels, id: string | null): LevelPolicy | undefined {
  return levels.find(one => one.id === id) ?? levels[0];
}

const isFor = ({ departments }: LevelPolicy, department: string): boolean =>
  departments?.includes(department) ?? true;

/** The level above; undefined at the top. */
export function above(levels: Levels, { up }: LevelPolicy, department: string): LevelPolicy | undefined {
  return up
    .map(id => levels.find(one => one.id === id))
    .find(one => one !== undefined && isFor(one, department));
}

/** The level below: the one that leads here for this department, the last such in the policy; undefined at the bottom. */
export function below(levels: Levels, level: LevelPolicy, department: string): LevelPolicy | undefined {
  const leading = levels.filter(one => one.up.includes(level.id));
  return leading.findLast(one => isFor(one, department)) ?? leading.at(-1);
}

/** So many levels above; undefined where there are not so many. */
export function rungsAbove(
  levels: Levels,
  from: LevelPolicy,
  rungs: number,
  department: string,
): LevelPolicy | undefined {
  let at: LevelPolicy | undefined = from;
  for (let n = 0; n < rungs && at !== undefined; n++) at = above(levels, at, department);
  return at;
}

/** `[level] reason`: the first word is a level when it is the id of one, or all of its name stands there. */
export function readMove(
  levels: Levels,
  text: string,
): { readonly level?: LevelPolicy; readonly reason: string } {
  const words = text.trim();
  const lower = words.toLowerCase();
  for (const level of levels)
    for (const name of [level.id, ...Object.values(level.name)])
      if (lower === name.toLowerCase() || lower.startsWith(`${name.toLowerCase()} `))
        return { level, reason: words.slice(name.length).trim() };
  return { reason: words };
}
