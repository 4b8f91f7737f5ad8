import { describe, it } from '@jest/globals';
import { type OutsideProgram } from './programs.ts';

/** Describes what needs a program; where it is absent, that is said aloud and counts as skipped. */
export function describeWith(
  { name, path, isRequired }: OutsideProgram,
  subject: string,
  tests: (path: string) => void,
): void {
  describe(`${subject}, with ${name}`, () => {
    if (path !== undefined) {
      tests(path);
      return;
    }
    const isFailure = isRequired && process.env['CI'] === 'true';
    process.stderr.write(`\n${isFailure ? 'FAILED' : 'SKIPPED'}: no ${name} here. ${subject}\n`);
    const declare = isFailure ? it : it.skip;
    declare(`needs ${name}`, () => {
      throw new Error(`${name} is not installed on this machine.`);
    });
  });
}
