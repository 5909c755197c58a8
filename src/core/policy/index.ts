/** The desk's policy: data, not code. */
export type { Policy, Priority, TrustAction } from './model.ts';
export { type PolicyResult, type ReadFile, readPolicy } from './read.ts';
export { departmentName, priorityName, priorityOf } from './words.ts';
