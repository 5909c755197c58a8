/**
 * The whole body as it came, or `undefined` when it is longer than `limit` bytes. What the caller says of its length only helps to refuse early:
 * the bytes themselves are counted, so a chunked body, or one with a false length, goes no further either.
 */
export async function readBody(request: Request, limit: number): Promise<string | undefined> {
  if (Number(request.headers.get('content-length') ?? 0) > limit) return undefined;
  const reader = request.body?.getReader();
  if (!reader) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    size += next.value.byteLength;
    if (size > limit) {
      await reader.cancel();
      return undefined;
    }
    chunks.push(next.value);
  }
  // Not a TextDecoder: that one takes a byte order mark away, and signatures are over what was sent.
  return Buffer.concat(chunks).toString('utf8');
}
