import type { LevelPolicy, Policy } from '../../policy/index.ts';

type Parts = Pick<Policy, 'levels' | 'teams' | 'oncall'>;

/** Who works together: a team, or those who take turns, with the levels at which they work. */
export interface Crew {
  readonly id: string;
  /** Language → name. */
  readonly name: Readonly<Record<string, string>>;
  /** Ids of the levels, in the order of the policy; never empty. */
  readonly levels: readonly string[];
}

/** All who work at a level, each once, in the order of the levels. */
export function crewsIn({ levels, teams, oncall }: Parts): readonly Crew[] {
  const keyOf = (level: LevelPolicy): string =>
    level.team === undefined ? `oncall:${level.oncall}` : `team:${level.team}`;
  return [...Map.groupBy(levels, keyOf).values()].flatMap((theirs): Crew[] => {
    const [first] = theirs;
    if (first === undefined) return [];
    const found = [...teams, ...oncall].find(one => one.id === (first.team ?? first.oncall));
    return [
      { id: found?.id ?? first.id, name: found?.name ?? first.name, levels: theirs.map(one => one.id) },
    ];
  });
}

/** The levels that somebody means by the id or a name of a team, of a rotation or of a level; undefined for every other text. */
export function levelsNamed(parts: Parts, text: string): readonly string[] | undefined {
  const asked = text.trim().toLowerCase();
  const isMeant = ({ id, name }: Pick<Crew, 'id' | 'name'>): boolean =>
    [id, ...Object.values(name)].some(one => one.toLowerCase() === asked);
  const crew = crewsIn(parts).find(isMeant);
  if (crew !== undefined) return crew.levels;
  const level = parts.levels.find(isMeant);
  return level && [level.id];
}
