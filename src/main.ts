// A full disk or a reader that has gone away (`| head`) costs the log, not the service.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

const NEEDED = 24;
const major = Number(process.versions.node.split('.')[0]);

if (major < NEEDED) {
  process.stderr.write(
    `This is Node ${process.versions.node}; the service needs Node ${NEEDED}, which "npm ci" has put beside it.\n` +
      'Start it with "npm start", or run dist/main.js with node_modules/.bin/node.\n',
  );
  process.exitCode = 1;
} else {
  // Only now: an older Node does not have what the rest imports (node:sqlite).
  const { run } = await import('./infrastructure/run.ts');
  await run();
}
