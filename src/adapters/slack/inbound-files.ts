/** The files that people send. */
import { type InboundFile, oneLine } from '../../core/index.ts';
import type { FileWords } from './payloads.ts';

/** What is no file any more, or only a name in the workspace: https://docs.slack.dev/reference/objects/file-object */
const NO_FILE: ReadonlySet<unknown> = new Set(['tombstone', 'hidden_by_limit']);

/** The files of a message. What lies outside of Slack (a document in a drive) is not among them. */
export function filesOf(files: FileWords): InboundFile[] {
  return (files ?? []).flatMap(({ id, name, title, size, mode, is_external: outside }) => {
    if (!id || NO_FILE.has(mode) || outside === true) return [];
    const called = oneLine(name || title || '', 200) || 'file';
    return [{ source: id, name: called, ...(typeof size === 'number' && size >= 0 && { size }) }];
  });
}
