import { type Passage } from '../../src/domain/knowledge/passage.ts';

const PASSAGE_LENGTH = 600;
/** One word in so many is new: large corpora have large vocabularies. */
const NEW_WORD = 25;

/** Numbers from 0 to 1, the same in every run. */
function steadyRandom(): () => number {
  let state = 20_261_125;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** So many passages of about 600 characters, mixed from the sentences of a small corpus. */
export function mixPassages(corpus: readonly Passage[], count: number): readonly Passage[] {
  const random = steadyRandom();
  const pick = <T>(from: readonly T[], fallback: T): T =>
    from[Math.floor(random() * from.length)] ?? fallback;
  const sentences = corpus.flatMap(({ text }) => text.split(/(?<=[.!?])\s+/u));
  const words = [...new Set(sentences.flatMap((text) => text.match(/\p{L}{5,}/gu) ?? []))];
  const newWord = (): string => pick(words, '').slice(0, 3) + pick(words, '').slice(-4);
  const vary = (sentence: string): string =>
    sentence.replace(/\p{L}{5,}/gu, (word) => (random() * NEW_WORD < 1 ? newWord() : word));
  return Array.from({ length: count }, (_, index) => {
    let text = vary(pick(sentences, ''));
    while (text.length < PASSAGE_LENGTH) text += ` ${vary(pick(sentences, 'x'))}`;
    const { title } = pick(corpus, { title: '' } as Passage);
    const document = `f${Math.floor(index / 20)}.txt`;
    // A copy of its own: a piece of a longer text would keep that one alive.
    const own = Buffer.from(text.slice(0, PASSAGE_LENGTH)).toString('utf8');
    return { id: `m${index}`, document, title, section: '', text: own };
  });
}
