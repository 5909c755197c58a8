import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cruise, type IConfiguration, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser';

const configuration: IConfiguration = (
  await import(new URL('../.dependency-cruiser.mjs', import.meta.url).href)
).default;

const folders = ['src', 'drizzle', 'test', 'bench', 'scripts'];

/** What the rules of .dependency-cruiser.mjs say about a tree. */
export interface ArchitectureReport {
  /** One line per violation, `rule: from → to`; also when the tool saw less than there is. */
  faults: string[];
  files: number;
}

/** Checks the TypeScript files below `root`. `more` is for the proof that a blind parser is found out. */
export async function checkArchitecture(
  root: string,
  more: ICruiseOptions = {},
): Promise<ArchitectureReport> {
  const files = folders.flatMap(folder => typescriptBelow(root, folder));
  const { enhancedResolveOptions, ...options } = configuration.options ?? {};
  const ruleSet = { forbidden: configuration.forbidden };
  const { output } = await cruise(
    files,
    { ...options, ...more, baseDir: root, validate: true, ruleSet } as ICruiseOptions,
    enhancedResolveOptions,
  );
  if (typeof output === 'string') throw new Error(output);
  const violations = output.summary.violations.map(({ rule, from, to, cycle }) => {
    const path = cycle ? cycle.map(step => step.name).join(' → ') : to;
    return `${rule.name}: ${from} → ${path}`;
  });
  return { faults: [...unseen(root, files, output), ...new Set(violations)], files: files.length };
}

/**
 * Files that import something of ours by their text, and nothing by the tool's account. A parser that does not
 * know the language reports no error but an empty file, and then every rule passes.
 */
function unseen(root: string, files: string[], output: ICruiseResult): string[] {
  const seen = new Map(output.modules.map(module => [module.source, module.dependencies]));
  return files
    .filter(file => {
      const imports = /^(import|export) [^;]*?from '\.{1,2}\//m.test(readFileSync(join(root, file), 'utf8'));
      return !seen.has(file) || (imports && !seen.get(file)?.some(dependency => !dependency.couldNotResolve));
    })
    .map(file => `unseen: ${file} was not read by dependency-cruiser, so no rule was applied to it`);
}

/** All .ts files below a folder of `root`, as paths from `root`. */
export function typescriptBelow(root: string, folder: string): string[] {
  let names: string[];
  try {
    names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  } catch {
    return []; // no such folder in this tree
  }
  return names
    .filter(name => name.endsWith('.ts') && !name.includes('node_modules'))
    .map(name => join(folder, name))
    .sort();
}
