import type { Reporter, TestModule, TestRunEndReason } from 'vitest/node';

/** Ends the run with one plain line, `N passed, N failed`, for scripts and people who look at the end only. */
export class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[], reason: TestRunEndReason): void {
    let passed = 0;
    let failed = errors.length;
    let skipped = 0;
    for (const module of modules) {
      if (module.errors().length > 0) failed += 1; // a file that could not be loaded has no tests to count
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') passed += 1;
        else if (state === 'failed') failed += 1;
        else skipped += 1;
      }
    }
    if (reason === 'interrupted' || (reason === 'failed' && failed === 0)) failed += 1;
    process.once('exit', () => {
      const unfinished = skipped > 0 ? `(${skipped} skipped)\n` : '';
      process.stdout.write(`${unfinished}${passed} passed, ${failed} failed\n`);
    });
  }
}
