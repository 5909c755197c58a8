import { readNetwork } from '../../account/rules/network.ts';
import { readOrder } from '../../account/rules/words.ts';
import type { NoticeFaultCode, ObjectType } from '../model.ts';

/** What was given for an object in the form in which services have it, or what is wrong with it. */
export function readValue(
  type: ObjectType,
  given: string,
): { readonly value: string } | { readonly code: NoticeFaultCode } {
  const value = given.trim();
  if (type === 'all') return value === '' ? { value } : { code: 'object-value' };
  if (value === '') return { code: 'object-value' };
  if (type === 'network') {
    const network = readNetwork(value);
    return 'value' in network ? network : { code: 'object-network' };
  }
  if (type !== 'order') return { value };
  const order = readOrder(value);
  return 'value' in order ? order : { code: 'object-value' };
}
