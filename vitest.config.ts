import { defineConfig } from 'vitest/config';
import { CountReporter } from './test/harness/reporter.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/harness/global-setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 20_000,
    retry: 0,
    globals: false,
    restoreMocks: true,
    reporters: [process.env.CI ? 'dot' : 'default', new CountReporter()],
    env: { NODE_ENV: 'test' },
  },
});
