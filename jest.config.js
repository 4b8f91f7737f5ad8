/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/tests'],
  extensionsToTreatAsEsm: ['.ts'],
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
