// What npm runs after an install. Without the compiler (npm ci --omit=dev, or NODE_ENV=production)
// there is nothing to build with; that is no fault where dist/ has been built before.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import process from 'node:process';

if (existsSync('node_modules/typescript')) {
  // Through a shell, since npm is a batch file on Windows.
  const { status } = spawnSync('npm run build', { shell: true, stdio: 'inherit' });
  process.exitCode = status ?? 1;
} else if (existsSync('dist/main.js')) {
  process.stdout.write('No compiler here: dist/ is kept as it is.\n');
} else {
  process.stderr.write(
    'No compiler here to build dist/ with. Run: npm ci --include=dev && npm prune --omit=dev --ignore-scripts\n',
  );
  process.exitCode = 1;
}
