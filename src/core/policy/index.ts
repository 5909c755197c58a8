/** The desk's policy: data, not code. */
export type { AlertSource, HookKind } from './alerts.ts';
export type {
  EscalationPolicy,
  LevelPolicy,
  OncallPolicy,
  PageWay,
  PersonPolicy,
  StepPolicy,
  Whom,
} from './ladder.ts';
export { pageWays } from './ladder.ts';
export type { Policy, Priority, TrustAction } from './model.ts';
export { type PolicyResult, type ReadFile, readPolicy } from './read.ts';
export { departmentName, levelName, nameIn, priorityName, priorityOf } from './words.ts';
