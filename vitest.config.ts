import { defineConfig } from 'vitest/config';
import { CountReporter } from './test/harness/reporter.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/harness/global-setup.ts'],
    setupFiles: ['test/harness/setup.ts'],
    pool: 'forks',
    // Files share what they import: loading the SDKs anew for each took a third of the time. So a shared file registers no hook when it is imported.
    isolate: false,
    maxWorkers: 2,
    // What never comes fails after these; a machine that is busy needs longer than a quiet one, and a test that passes waits for none of them.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
    retry: 0,
    globals: false,
    restoreMocks: true,
    reporters: [process.env.CI ? 'dot' : 'default', new CountReporter()],
    env: { NODE_ENV: 'test' },
  },
});
