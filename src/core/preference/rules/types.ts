import { type NotificationType, notificationTypes } from '../model.ts';

/** Which roles of an account each type is for; an owner is told of all. */
const rolesOf: Readonly<Record<NotificationType, readonly string[]>> = {
  invoices: ['billing'],
  technical: ['technical'],
  abuse: ['abuse'],
  announcements: ['technical'],
  maintenance: ['technical'],
  outages: ['technical'],
};

/** What the billing system calls its notifications, and the type that each is of. */
export const typesByName = {
  invoice: 'invoices',
  order: 'invoices',
  technical: 'technical',
  abuse: 'abuse',
  announcement: 'announcements',
} as const satisfies Record<string, NotificationType>;

/** The roles that are told of a type when nothing else is said. */
export function toldRoles(type: NotificationType): readonly string[] {
  return ['owner', ...rolesOf[type]];
}

/** Whether a contact with these roles is told of a type when nothing else is said. */
export function isTold(type: NotificationType, roles: readonly string[]): boolean {
  return toldRoles(type).some(role => roles.includes(role));
}

/** What may be refused: news, and nothing that a customer must know. */
export function isRefusable(type: NotificationType): boolean {
  return type === 'announcements';
}

/** The type of a word from outside; undefined for every other one. */
export function typeIn(word: string): NotificationType | undefined {
  return notificationTypes.find(type => type === word);
}

/** Updates of a department's tickets are of this type. `kind` is as the policy says it. */
export function typeOfDepartment(kind: 'technical' | 'billing' | 'abuse' | undefined): NotificationType {
  return kind === 'billing' ? 'invoices' : (kind ?? 'technical');
}

/**
 * Which contacts of an account are told: those with the role that was named; else those whom the type is for; where an account has nobody
 * for it, everybody, since somebody must know.
 */
export function audienceOf<T extends { readonly roles: readonly string[] }>(
  type: NotificationType,
  role: string | undefined,
  contacts: readonly T[],
): readonly T[] {
  if (role !== undefined) return contacts.filter(({ roles }) => roles.includes(role));
  const told = contacts.filter(({ roles }) => isTold(type, roles));
  return told.length > 0 || isRefusable(type) ? told : contacts;
}
