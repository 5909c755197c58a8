import type { Policy } from '../../policy/index.ts';

/** Who looks: a handle, and the part of an account that it may see. */
export interface Viewer {
  readonly handleId: number;
  /** The contact that it is; null without a link, or while the link does not do for it. */
  readonly contactId: number | null;
  /** The account of the contact that it is; null without a link, or while the link does not do for it. */
  readonly accountId: number | null;
  /** The departments whose tickets of the account it may see. */
  readonly departments: readonly string[];
}

/** A ticket as far as it decides who sees it. */
export interface Seen {
  readonly handleId: number;
  /** The contact whose ticket it was proved to be. */
  readonly contactId: number | null;
  readonly accountId: number | null;
  readonly department: string;
}

/** The departments that a contact with these roles sees in their account: an owner all, the others those of their kind. */
export function departmentsOf(policy: Policy, roles: readonly string[]): string[] {
  return policy.departments
    .filter(({ kind }) => roles.includes('owner') || (kind !== undefined && roles.includes(kind)))
    .map(({ id }) => id);
}

/** One's own tickets always, whichever of one's identities opened them; those of one's account as far as the roles allow. */
export function maySee(viewer: Viewer, ticket: Seen): boolean {
  if (ticket.handleId === viewer.handleId) return true;
  if (viewer.contactId !== null && ticket.contactId === viewer.contactId) return true;
  return (
    viewer.accountId !== null &&
    ticket.accountId === viewer.accountId &&
    viewer.departments.includes(ticket.department)
  );
}
