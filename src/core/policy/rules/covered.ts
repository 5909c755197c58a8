import { type Reading, readNetwork } from '../../account/rules/network.ts';

/** A range of addresses in the form in which services have it, or what is wrong with what was given. */
export function readCovered(text: string): Reading {
  return readNetwork(text);
}
