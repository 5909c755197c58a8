import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const skipped = new Set(['node_modules', '.git', 'data', 'tmp', 'coverage']);
const ownPath = /^(src|drizzle|test|bench|scripts|locales|docs|\.ci)\/[\w./-]+$/;
const ownFile = /^[\w.-]+\.(md|ts|json|yaml|cjs|mjs|sql|ftl)$/;

/** Checks that what the documents below `root` cite is there: links, paths in backticks, `npm run` scripts. */
export function checkDocuments(root: string): string[] {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return documentsBelow(root, '').flatMap(document => {
    const text = readFileSync(join(root, document), 'utf8');
    const missing = [...brokenLinks(root, document, text), ...missingPaths(root, document, text)];
    const unknown = [...text.matchAll(/npm run ([\w:-]+)/g)].map(match => match[1] ?? '');
    return [
      ...missing.map(path => `${document} cites ${path}, which is not there`),
      ...unknown
        .filter(name => !(name in scripts))
        .map(name => `${document} cites \`npm run ${name}\`, which is no script`),
    ];
  });
}

function brokenLinks(root: string, document: string, text: string): string[] {
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(match => (match[1] ?? '').replace(/[#?].*$/, ''))
    .filter(target => target !== '' && !/^[a-z]+:/.test(target))
    .filter(target => !existsSync(join(root, dirname(document), target)));
}

/** A bare file name is looked for beside the document, at the root, and in no other place. */
function missingPaths(root: string, document: string, text: string): string[] {
  const prose = text.replace(/^```[\s\S]*?^```/gm, '');
  return [...prose.matchAll(/`([^`\s]+)`/g)]
    .map(match => (match[1] ?? '').replace(/(:\d+)?$/, ''))
    .filter(path => ownPath.test(path) || ownFile.test(path))
    .filter(path => !existsSync(join(root, path)) && !existsSync(join(root, dirname(document), path)));
}

function documentsBelow(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : documentsBelow(root, path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}
