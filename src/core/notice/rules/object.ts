import { readNetwork } from '../../account/rules/network.ts';
import { readOrder } from '../../account/rules/words.ts';
import type { NoticeFaultCode, ObjectType } from '../model.ts';

/** Longest value of an object: a location and a rack in it, of 120 each (`account/model.ts`). */
export const OBJECT = 250;

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
  if (type === 'rack') return readRackName(value);
  if (type !== 'order') return { value };
  const order = readOrder(value);
  return 'value' in order ? order : { code: 'object-value' };
}

/** With its location or without: spaces around a slash mean nothing (`account/rules/words.ts`), and nothing stands for no name. */
function readRackName(given: string): ReturnType<typeof readValue> {
  const value = given.replace(/ *\/ */g, '/');
  return value.startsWith('/') || value.endsWith('/') ? { code: 'object-value' } : { value };
}
