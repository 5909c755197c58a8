/** The work that the desk asks of a browser when very many come at once. */

/** Finds a number such that SHA-256 of `salt:number` begins with so many zero bits. */
export async function doWork(task: {
  readonly salt: string;
  readonly bits: number;
}): Promise<{ salt: string; number: number }> {
  const bytes = new TextEncoder();
  for (let from = 0; ; from += 256) {
    const tried = await Promise.all(
      Array.from({ length: 256 }, async (_, index) => {
        const hash = await crypto.subtle.digest('SHA-256', bytes.encode(`${task.salt}:${from + index}`));
        return new DataView(hash).getUint32(0) >>> (32 - task.bits) === 0;
      }),
    );
    const found = tried.indexOf(true);
    if (found >= 0) return { salt: task.salt, number: from + found };
  }
}
