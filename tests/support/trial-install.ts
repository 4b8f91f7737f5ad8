import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findProgram } from './programs.ts';
import { PROJECT } from './project.ts';

/** Stands in for npm: writes down what it was told, and "builds" two files. */
const NPM = `#!/bin/sh
echo "npm $*" >> "$TRIAL_CALLS"
if [ "$3" = ci ]; then
  [ -e "$2/package-lock.json" ] || exit 1
  [ -z "$TRIAL_NPM_FAILS" ] || exit 1
  mkdir -p "$2/dist" "$2/node_modules/express"
  echo "built $TRIAL_BUILD" > "$2/dist/main.js"
fi
`;

/** Stands in for dpkg-query: knows one file of the nginx package, by its checksum. */
const DPKG_QUERY = `#!/bin/sh
echo " /etc/nginx/sites-available/default $TRIAL_DEFAULT_MD5"
`;

/** Stand in for programs that settings pass through: write down their command line, and do their work. */
const WATCHED = ['sed', 'awk', 'tr', 'tail', 'grep', 'install', 'cp', 'chmod'];

export interface InstallOutcome {
  readonly code: number | null;
  readonly output: string;
}

/** `deploy/install.sh` laying its files out in a folder of its own, with npm and dpkg stood in for. */
export class TrialInstall {
  private readonly folder = mkdtempSync(join(tmpdir(), 'install-'));
  readonly root = join(this.folder, 'root');
  private readonly calls = join(this.folder, 'calls');
  private readonly watchedCalls = join(this.folder, 'watched-calls');

  constructor() {
    for (const [name, text] of [
      ['npm', NPM],
      ['dpkg-query', DPKG_QUERY],
      ...WATCHED.map((program) => [program, this.watched(program)] as const),
    ] as const) {
      const path = join(this.folder, 'bin', name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
      chmodSync(path, 0o755);
    }
  }

  run(
    options: readonly string[] = [],
    environment: Readonly<Record<string, string>> = {},
  ): InstallOutcome {
    const script = join(PROJECT, 'deploy/install.sh');
    const { status, stdout, stderr } = spawnSync(
      'bash',
      [script, '--root', this.root, ...options],
      {
        env: {
          PATH: `${join(this.folder, 'bin')}:${process.env['PATH'] ?? ''}`,
          TRIAL_CALLS: this.calls,
          ...environment,
        },
        encoding: 'utf8',
      },
    );
    return { code: status, output: stdout + stderr };
  }

  /** What npm was told, call by call, without the folder. */
  npmCalls(): readonly string[] {
    if (!existsSync(this.calls)) return [];
    const lines = readFileSync(this.calls, 'utf8').trim().split('\n');
    return lines.map((line) => line.replaceAll(this.root, ''));
  }

  /** The command lines of the programs that are watched. */
  programCalls(): readonly string[] {
    return readFileSync(this.watchedCalls, 'utf8').trim().split('\n');
  }

  has(path: string): boolean {
    return existsSync(join(this.root, path));
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), 'utf8');
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), text);
  }

  /** The permission bits, such as 0o600. */
  mode(path: string): number {
    return statSync(join(this.root, path)).mode & 0o777;
  }

  /** Every file and folder that was laid out. */
  entries(): readonly string[] {
    return existsSync(this.root) ? readdirSync(this.root, { recursive: true }).map(String) : [];
  }

  close(): void {
    rmSync(this.folder, { recursive: true });
  }

  private watched(program: string): string {
    const real = findProgram(program) ?? program;
    return `#!/bin/sh\necho "${program} $*" >> "${this.watchedCalls}"\nexec ${real} "$@"\n`;
  }
}
