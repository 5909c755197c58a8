/** What a key may do. A closed list: each route names one. */
export const scopes = [
  'accounts:read',
  'accounts:write',
  'link-tokens:write',
  'preferences:read',
  'preferences:write',
  'notifications:read',
  'notifications:write',
  'notices:read',
  'notices:write',
] as const;
/** What a key may do. */
export type Scope = (typeof scopes)[number];

/** A key as its owner sees it: never the key itself. */
export interface KeyView {
  readonly id: number;
  readonly name: string;
  /** The beginning of the key, to know it by. */
  readonly hint: string;
  readonly scopes: readonly Scope[];
  readonly createdAt: Date;
  readonly revokedAt: Date | null;
}
