/** Stands in for a use case: answers as it is told to, and keeps what it was called with. */
export class ScriptedUseCase<Arguments extends readonly unknown[], Result> {
  readonly calls: Arguments[] = [];

  constructor(private script: (...input: Arguments) => Result) {}

  /** From now on answers so; the script may throw. */
  answers(script: (...input: Arguments) => Result): void {
    this.script = script;
  }

  execute(...input: Arguments): Result {
    this.calls.push(input);
    return this.script(...input);
  }
}
