/** Forms that come over HTTP; the only file of the adapters that knows busboy. */
import busboy from 'busboy';

/** Octets of one field: a whole mail is in one. */
const FIELD = 96 * 1024 * 1024;
/** Fields; the services send some twenty. */
const FIELDS = 200;

/** The fields of a form, with their bytes as they came (one character of Latin-1 for each). Files count as fields. Undefined for what is no form. */
export function readForm(
  body: Uint8Array,
  type: string | undefined,
): Promise<Record<string, string> | undefined> {
  return new Promise(resolve => {
    const found: Record<string, string> = {};
    let parser: busboy.Busboy;
    try {
      parser = busboy({
        headers: { 'content-type': type ?? '' },
        defCharset: 'latin1',
        limits: { fieldSize: FIELD, fileSize: FIELD, fields: FIELDS, files: FIELDS, parts: FIELDS },
      });
    } catch {
      resolve(undefined);
      return;
    }
    parser.on('field', (name, value, { mimeType }) => {
      // A part that says which charset it has was made into text already.
      void mimeType;
      found[name] ??= value;
    });
    parser.on('file', (name, stream) => {
      const pieces: Buffer[] = [];
      stream.on('data', (piece: Buffer) => pieces.push(piece));
      stream.on('end', () => {
        found[name] ??= Buffer.concat(pieces).toString('latin1');
      });
    });
    parser.on('close', () => resolve(found));
    parser.on('error', () => resolve(undefined));
    parser.end(Buffer.from(body.buffer, body.byteOffset, body.byteLength));
  });
}
