/**
 * Their outcome rests on how soon something happens: on a store clock that runs faster, on processes
 * that are killed or cut off while messages flow, on what a whole cluster does in time.
 */
const ALONE = [
  'tests/e2e/backup.test.ts',
  'tests/e2e/cluster.test.ts',
  'tests/e2e/gateway-faults.test.ts',
  'tests/e2e/kill-loop.test.ts',
  'tests/e2e/model-faults.test.ts',
  'tests/e2e/recovery.test.ts',
  'tests/e2e/silent-lines.test.ts',
  'tests/integration/postgres/crash-points.test.ts',
  'tests/integration/postgres/service-restarts.test.ts',
  'tests/integration/postgres/stop-points.test.ts',
  'tests/integration/sqlite/crash-points.test.ts',
  'tests/integration/sqlite/stop-points.test.ts',
];

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  // Sources, too: coverage counts files that no test loads only where Jest looks for files.
  roots: ['<rootDir>/src', '<rootDir>/tests'],
  extensionsToTreatAsEsm: ['.ts'],
  runner: ['<rootDir>/tests/support/lane-runner.js', { alone: ALONE }],
  // Jest leaves one core free of its own accord, which on two cores is half of them.
  maxWorkers: '100%',
  // Collects the garbage after each suite (needs --expose-gc): coverage begins by walking the whole heap,
  // and would take longer from suite to suite.
  logHeapUsage: true,
  transform: { '^.+\\.ts$': '@swc/jest' },
  reporters: ['default', '<rootDir>/tests/support/plain-summary-reporter.js'],
  collectCoverageFrom: ['src/**/*.ts', '!src/main.ts', '!src/backup.ts'],
  // V8 counts what ran; the Babel provider counts what swc wrote, helpers and all.
  coverageProvider: 'v8',
  coverageThreshold: { global: { lines: 90 } },
};
