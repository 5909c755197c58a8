/** A service that a person may pick for their ticket: one of their own account's. */
export interface ServiceChoice {
  /** The service's id, as a form carries it. */
  readonly id: string;
  readonly name: string;
  readonly label: string;
  /** What it brings into the field for the server: its order number, else its address. */
  readonly server: string;
  /** It is what was typed. */
  readonly meant: boolean;
}

/** Picked where a ticket is about none of the services. */
export const NONE_OF_THESE = 'none';

/** The service that was picked or typed; undefined when none was, when it is not one of these, or when several could be meant. */
export function pickedOf(
  value: string | undefined,
  services: readonly ServiceChoice[],
): ServiceChoice | undefined {
  const given = value?.trim() ?? '';
  if (isNone(given)) return undefined;
  const meant = services.filter(one => one.meant);
  return services.find(one => one.id === given) ?? (meant.length === 1 ? meant[0] : undefined);
}

/** Nothing was picked, or that it is none of them. */
export function isNone(value: string): boolean {
  return value === '' || value === NONE_OF_THESE;
}
