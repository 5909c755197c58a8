import { announced, bring, maintenance, type Told } from './kit.ts';

/** An hour, in ms. */
export const HOUR = 3_600_000;

/** What everybody in WAW1 is told of. */
export const location = { type: 'location', value: 'WAW1', impact: 'outage' } as const;

/** What an account is told of in windows of its own. */
export const ownOf = (account: string, ...windows: number[]) =>
  ({ type: 'account', value: account, impact: 'degraded', windows }) as const;

/** A window of one hour that begins so many hours from the next full hour. */
export function hours({ t }: Told, from: number): { from: string; to: string } {
  const zero = Math.ceil(t.clock.now().getTime() / HOUR) * HOUR;
  const iso = (at: number): string => new Date(zero + at * HOUR).toISOString();
  return { from: iso(from), to: iso(from + 1) };
}

/** What `a-1` and others were told by mail. */
export const saidTo = ({ mail }: Told, who: string): string[] =>
  mail.calls.filter(({ to }) => to === `${who}@example.com`).map(({ text }) => text);

/** Work in WAW1, where have a server each, in the general window and in one of A-1 alone; it is announced, and goes by the clock without reminders. */
export async function withOwn(
  told: Told,
  windows: readonly { from: string; to: string }[],
  own: number,
  more: Partial<Record<string, unknown>> = {},
): Promise<number> {
  const { t } = told;
  await bring(t, 'A-1', [{ ref: 's-1', location: 'WAW1' }]);
  await bring(t, 'A-2', [{ ref: 's-2', location: 'WAW1' }]);
  const objects = own < 0 ? [location] : [location, ownOf('A-1', own)];
  const auto = { starts: true, ends: true, reminders: [] };
  return announced(t, maintenance(t, { objects, windows, ...auto, ...more }));
}
