/** Keys with which the provider's own programs come in, and what each may do. */
export { createKeys, type Keys } from './keys.ts';
export { type KeyView, type Scope, scopes } from './model.ts';
