import type { Actor, Handle } from '../actor.ts';
import type { Asked, Pressed, Said } from '../channel/index.ts';
import { type Context, channelOf } from '../context.ts';
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
  inbound: Asked | Said | Pressed,
): Promise<readonly string[]> {
  const age = ctx.now().getTime() - inbound.at.getTime();
  const { rolesOf } = channelOf(ctx, channel);
  if (inbound.from.roles !== undefined && Math.abs(age) <= ROLES_FRESH_MS) return inbound.from.roles;
  if (rolesOf === undefined) return inbound.from.roles ?? [];
  const roles = await rolesOf(inbound.from.externalId);
  if (roles === undefined) throw new Error('the platform does not tell the roles now');
  return roles;
}

/** Makes a staff actor of a handle that holds one of the configured roles. Throws `Refusal` for anybody else. */
export function authorise(ctx: Context, handle: Handle, roles: readonly string[]): Actor {
  const staff = ctx.policy.staff.roles[handle.channel] ?? [];
  if (!roles.some(role => staff.includes(role))) throw new Refusal('not-staff');
  return { type: 'staff', handle };
}
