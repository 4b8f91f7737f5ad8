/** Every arrow points inwards: domain <- application <- adapters <- infrastructure <- main. */
const layer = (name) => `^src/${name}/`;

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'domain-is-pure',
      comment: 'The domain imports nothing but itself: no package, no Node module.',
      severity: 'error',
      from: { path: layer('domain') },
      to: { pathNot: layer('domain') },
    },
    {
      name: 'application-knows-only-the-domain',
      comment: 'Use cases and ports import the domain and each other: no package, no Node module.',
      severity: 'error',
      from: { path: layer('application') },
      to: { pathNot: [layer('application'), layer('domain')] },
    },
    {
      name: 'ports-know-no-use-case',
      severity: 'error',
      from: { path: '^src/application/ports/' },
      to: { path: '^src/application/use-cases/' },
    },
    {
      name: 'adapters-know-ports-not-use-cases',
      severity: 'error',
      from: { path: layer('adapters') },
      to: { path: [layer('infrastructure'), '^src/application/use-cases/', '^src/main'] },
    },
    {
      name: 'adapters-do-not-know-each-other',
      comment: 'Two adapters meet only in the composition root.',
      severity: 'error',
      from: {
        path: '^src/adapters/(inbound|outbound)/([^/]+)/',
        pathNot: '^src/adapters/outbound/(sqlite|postgres)/',
      },
      to: { path: layer('adapters'), pathNot: '^src/adapters/$1/$2/' },
    },
    {
      name: 'the-two-databases-share-only-sql',
      comment: 'What is the same on SQLite and PostgreSQL stands once, in sql/.',
      severity: 'error',
      from: { path: '^src/adapters/outbound/(sqlite|postgres)/' },
      to: { path: layer('adapters'), pathNot: '^src/adapters/outbound/(sql|$1)/' },
    },
    {
      name: 'sql-knows-no-driver',
      severity: 'error',
      from: { path: '^src/adapters/outbound/sql/' },
      to: { path: ['^node:sqlite$', 'node_modules/pg'] },
    },
    {
      name: 'only-infrastructure-knows-the-container',
      severity: 'error',
      from: { pathNot: layer('infrastructure') },
      to: { path: 'node_modules/(inversify|@inversifyjs|reflect-metadata)' },
    },
    {
      name: 'packages-are-declared',
      severity: 'error',
      from: { path: '^src/' },
      to: {
        dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev'],
        dependencyTypesNot: ['type-only'],
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true, // type-only imports count as dependencies too
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      conditionNames: ['import', 'node', 'default', 'types'],
      exportsFields: ['exports'],
    },
  },
};
