/** The language that the browser names first (RFC 9110 §12.5.4). */
export function languageOf(request: Request): string | undefined {
  return request.headers.get('accept-language')?.split(/[,;]/, 1)[0]?.trim() || undefined;
}
