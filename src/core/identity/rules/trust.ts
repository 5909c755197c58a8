import type { Policy, TrustAction } from '../../policy/index.ts';

/** How surely a handle is a contact of an account: not at all, proved once, or proved the strong way for this request. */
export type Trust = 'unknown' | 'linked' | 'fresh';

/** A proof from the client area is fresh for so long, in ms. */
export const FRESH_MS = 15 * 60_000;
/** A request for proof stays open for so long, in ms. */
export const REQUEST_MS = 24 * 3_600_000;

const ranks: Readonly<Record<Trust, number>> = { unknown: 0, linked: 1, fresh: 2 };

/** What is known of a handle: whether it is linked, and when it was last proved the strong way. */
export interface Linked {
  readonly provedAt: Date | null;
}

/** The trust in what a handle does at a moment; a proof of the moment itself counts. */
export function trustAt(link: Linked | undefined, at: Date): Trust {
  if (link === undefined) return 'unknown';
  const age = at.getTime() - (link.provedAt?.getTime() ?? Number.NEGATIVE_INFINITY);
  return age >= 0 && age <= FRESH_MS ? 'fresh' : 'linked';
}

/** True when one level is at least the other. */
export function reaches(have: Trust, need: Trust): boolean {
  return ranks[have] >= ranks[need];
}

/** What the policy says to an action: go on, go on and let staff see that it is unverified, or not without proof. */
export type Verdict = 'allowed' | 'unverified' | 'refused';

/** Whether an action may be done by somebody of that trust. */
export function verdictOn(policy: Policy, action: TrustAction, have: Trust): Verdict {
  const { level, below } = policy.trust.actions[action];
  if (reaches(have, level)) return 'allowed';
  return below === 'unverified' ? 'unverified' : 'refused';
}

/** Which action it is to open such a ticket. A critical one is an emergency, whatever its department. */
export function openingAction(
  policy: Policy,
  request: { readonly department: string; readonly priority: string },
): TrustAction {
  const critical = policy.priorities.some(({ id, critical }) => id === request.priority && critical);
  if (critical) return 'emergency';
  const department = policy.departments.find(({ id }) => id === request.department);
  if (department?.management) return 'server-management';
  if (department?.general) return 'ask-general';
  return department?.kind === 'billing' ? 'open-financial' : 'open-technical';
}

/** A ticket as far as it waits for proof. */
export interface WaitingForProof {
  readonly id: number;
  readonly proofAskedAt: Date | null;
}

/**
 * The tickets of a handle that a proof from the client area is for: the one it names (`named`), and those for which the desk asked that
 * handle before the token was made.
 */
export function provenTickets(
  proof: { readonly madeAt: Date; readonly named: number | undefined },
  tickets: readonly WaitingForProof[],
): number[] {
  return tickets
    .filter(({ id, proofAskedAt }) => {
      if (proof.named === id) return true;
      if (proofAskedAt === null || proof.named !== undefined) return false;
      const waited = proof.madeAt.getTime() - proofAskedAt.getTime();
      return waited >= 0 && waited <= REQUEST_MS;
    })
    .map(({ id }) => id);
}
