/** Commands of IMAP as they come over the wire (RFC 3501 §2.2, §4). */

/** One command, with its arguments: strings without their quotes, lists and sections as they were written. */
export interface Command {
  readonly tag: string;
  /** In capitals; `UID` goes with what follows. */
  readonly name: string;
  readonly args: readonly string[];
}

/** Reads a whole command; undefined while it has not all come. `more` asks for a literal. */
export function readCommand(
  received: Buffer,
  more: () => void,
): { readonly command: Command; readonly rest: Buffer } | undefined {
  const args: string[] = [];
  let at = 0;
  for (;;) {
    const end = received.indexOf('\r\n', at);
    if (end < 0) return undefined;
    const line = received.toString('utf8', at, end);
    const literal = /\{(\d+)(\+?)\}$/.exec(line);
    args.push(...wordsOf(literal === null ? line : line.slice(0, literal.index)));
    at = end + 2;
    if (literal === null) break;
    const length = Number(literal[1]);
    if (received.length < at + length) {
      if (literal[2] === '' && received.length === at) more();
      return undefined;
    }
    args.push(received.toString('utf8', at, at + length));
    at += length;
  }
  const [tag = '*', first = '', ...rest] = args;
  const uid = first.toUpperCase() === 'UID';
  const name = uid ? `UID ${(rest[0] ?? '').toUpperCase()}` : first.toUpperCase();
  return { command: { tag, name, args: uid ? rest.slice(1) : rest }, rest: received.subarray(at) };
}

/** Atoms, quoted strings, and lists in brackets. */
function wordsOf(line: string): string[] {
  const words = line.match(/"(?:[^"\\]|\\.)*"|\((?:[^()]|\([^()]*\))*\)|[^\s"()]+/g) ?? [];
  return words.map(word => (word.startsWith('"') ? word.slice(1, -1).replace(/\\(.)/g, '$1') : word));
}
