/** The variation selector that asks for a picture. */
const PICTURE = '\uFE0F';
const EMOJI = /^\p{RGI_Emoji}$/v;

/** An emoji as Unicode writes it in full; `undefined` for what is none. Discord leaves the selector out of some. */
export function qualified(name: string): string | undefined {
  if (EMOJI.test(name)) return name;
  // The selector stands after the first character, before what joins on: ❤️‍🔥.
  const [first = '', ...rest] = bare(name);
  const full = first + PICTURE + rest.join('');
  if (EMOJI.test(full)) return full;
  const tail = `${bare(name)}${PICTURE}`;
  return EMOJI.test(tail) ? tail : undefined;
}

/** The same emoji without its selectors. */
export function bare(emoji: string): string {
  return emoji.replaceAll(PICTURE, '');
}
