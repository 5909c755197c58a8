import type { Policy } from '../../policy/index.ts';

/** All persons of a team and of the teams in it, each once, in their order; `anyone` when one of them is open to everybody. */
export function membersOf(teams: Policy['teams'], id: string): readonly string[] | 'anyone' {
  const found = new Set<string>();
  const seen = new Set<string>();
  const walk = (team: string): boolean => {
    if (seen.has(team)) return false;
    seen.add(team);
    const members = teams.find(one => one.id === team)?.members ?? [];
    if (members === 'anyone') return true;
    return members
      .map(member => {
        if (member.startsWith('team:')) return walk(member.slice(5));
        found.add(member);
        return false;
      })
      .includes(true);
  };
  return walk(id) ? 'anyone' : [...found];
}
