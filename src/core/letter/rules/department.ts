/** What the policy says of mail. */
export interface MailRules {
  readonly department?: string | undefined;
  readonly addresses: Readonly<Record<string, string>>;
  readonly guess: Readonly<Record<string, readonly string[]>>;
}

/** The department of a letter: that of the address it was sent to, else what its subject says, where the policy has words for it, else the default. */
export function departmentFor(
  rules: MailRules,
  to: readonly string[],
  subject: string,
  first: string,
): string {
  // `billing+…@` is `billing@`.
  const sent = to.map(one => one.toLowerCase().replace(/\+[^@]*@/, '@'));
  const named = sent.map(one => rules.addresses[one]).find(one => one !== undefined);
  if (named !== undefined) return named;
  const words = new Set(subject.toLowerCase().split(/[^\p{L}\p{N}]+/u));
  const guessed = Object.entries(rules.guess).find(([, list]) => list.some(word => words.has(word)))?.[0];
  return guessed ?? rules.department ?? first;
}
