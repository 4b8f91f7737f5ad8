const LETTERS = 'abcdefghijklmnopqrst';
const MARK = /\bqx[a-t]{4}\b/gu;

/** A word that stands for one message: letters only, as a number would be a fact to be proved. */
export function markOf(message: number): string {
  let rest = message;
  let word = '';
  while (word.length < 4) {
    word = (LETTERS[rest % LETTERS.length] ?? '') + word;
    rest = Math.floor(rest / LETTERS.length);
  }
  return `qx${word}`;
}

/** The marks in a text, in their order, each once. */
export function marksIn(text: string): readonly string[] {
  return [...new Set(text.match(MARK) ?? [])];
}
