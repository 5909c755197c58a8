/** Colours for the states that a desk shows. */
export function tagTone(tag) {
  if (/open|otwarte/.test(tag)) return 'good';
  if (/high|critical|wysoki|krytyczn/i.test(tag)) return 'bad';
  if (/waiting|czeka/.test(tag)) return 'warm';
  return '';
}
