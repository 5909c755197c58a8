/** The language that a browser names first, in its header Accept-Language (RFC 9110 §12.5.4). */
export function languageIn(header: string | null | undefined): string | undefined {
  return header?.split(/[,;]/, 1)[0]?.trim() || undefined;
}
