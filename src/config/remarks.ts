/** What is missing for files and pages. */
export function remarksOnFiles({ PUBLIC_URL }: { readonly PUBLIC_URL?: string | undefined }): string[] {
  if (PUBLIC_URL !== undefined) return [];
  return [
    'PUBLIC_URL is not set: a file that a platform cannot carry does not reach the other side by a link, and there is no page at /me.',
  ];
}

/** Which ways in are off, a line each. */
export function remarksOn({
  slack,
  discord,
  telegram,
  email,
  webchat,
}: Readonly<Partial<Record<'slack' | 'discord' | 'telegram' | 'email' | 'webchat', object>>>): string[] {
  const remarks: string[] = [];
  if (slack === undefined) remarks.push('Slack is off: SLACK_BOT_TOKEN is not set.');
  if (discord === undefined) remarks.push('Discord is off: DISCORD_TOKEN is not set.');
  if (telegram === undefined) remarks.push('Telegram is off: TELEGRAM_BOT_TOKEN is not set.');
  if (email === undefined) remarks.push('Mail is off: SMTP_URL is not set.');
  if (webchat === undefined) remarks.push('The chat on your website is off: WEBCHAT_ORIGINS is not set.');
  return remarks;
}

/** Sources of alerts that nothing can come from. */
export function remarksOnSuppliers(
  sources: readonly { readonly name: string; readonly kind: string }[],
  takesMail: boolean,
): string[] {
  return sources
    .filter(({ kind }) => kind === 'mail' && !takesMail)
    .map(
      ({ name }) =>
        `The mail of "${name}" (alerts in the policy) is never read: no mail comes in. docs/mail.md says how it does.`,
    );
}
