import type { Handle } from '../actor.ts';
import type { Asked, ChannelKind } from '../channel/index.ts';
import { type Act, as, type Context, channelOf } from '../context.ts';
import { Refusal } from '../errors.ts';

/** Roles that came with an event count for this long, in ms; an action that runs later asks the platform again. */
const ROLES_FRESH_MS = 15_000;

/**
 * The roles of the sender as they are when the action runs. Call it outside of a transaction. Throws when the platform cannot be
 * asked: not to know is no reason to refuse, so the event is put off.
 */
export async function currentRoles(
  ctx: Context,
  channel: string,
  inbound: Pick<Asked, 'from' | 'at'>,
): Promise<readonly string[]> {
  const age = ctx.now().getTime() - inbound.at.getTime();
  const { rolesOf } = channelOf(ctx, channel);
  if (inbound.from.roles !== undefined && Math.abs(age) <= ROLES_FRESH_MS) return inbound.from.roles;
  if (rolesOf === undefined) return inbound.from.roles ?? [];
  const roles = await rolesOf(inbound.from.externalId);
  if (roles === undefined) throw new Error('the platform does not tell the roles now');
  return roles;
}

/** Somebody who holds one of the roles that the policy gives to staff of this channel. */
export function isStaff(ctx: Context, channel: ChannelKind, roles: readonly string[]): boolean {
  const staff = ctx.policy.staff.roles[channel] ?? [];
  return roles.some(role => staff.includes(role));
}

/** The same act by a member of staff, who is remembered as one. Throws `Refusal` for anybody else. */
export async function asStaff(act: Act, handle: Handle, roles: readonly string[]): Promise<Act> {
  if (!isStaff(act, handle.channel, roles)) throw new Refusal('not-staff');
  await act.tx`update handle set staff_at = ${act.at} where id = ${handle.id} and staff_at is null`;
  return as(act, { type: 'staff', handle });
}

/**
 * Looks whether the person that a ticket is to be given to is staff, where the platform can tell. Call it outside of a transaction.
 * Throws `Refusal` when they are not, and before that when the asker is not: only staff may find out who is.
 */
export async function checkAssignee(
  ctx: Context,
  channel: ChannelKind,
  { ask }: Asked,
  roles: readonly string[],
): Promise<void> {
  if (ask.what !== 'desk' || ask.verb !== 'assign' || ask.value === '') return;
  if (!isStaff(ctx, channel, roles)) throw new Refusal('not-staff');
  const theirs = await channelOf(ctx, channel).rolesOf?.(ask.value);
  if (channelOf(ctx, channel).rolesOf !== undefined && !isStaff(ctx, channel, theirs ?? []))
    throw new Refusal('assignee-not-staff');
}
