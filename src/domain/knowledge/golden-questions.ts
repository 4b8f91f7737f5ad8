import { foldInPlace } from '../facts/folding.ts';
import { type DocumentText } from './corpus-text.ts';
import { type OwnerNotice } from './owner-notice.ts';

/** What the evidence for an answer is held against. */
export interface Expectation {
  readonly line: number;
  readonly text: string;
  /** Whether it must stand there; otherwise it must not. */
  readonly isWanted: boolean;
}

/** A question with a known answer. */
export interface GoldenQuestion {
  readonly file: string;
  readonly line: number;
  readonly question: string;
  /** At least one. */
  readonly expectations: readonly Expectation[];
}

/** What a file of golden questions says, and what in it cannot be understood. */
export interface ReadQuestions {
  readonly questions: readonly GoldenQuestion[];
  readonly mistakes: readonly OwnerNotice[];
}

/** Whether a file holds golden questions: they are never knowledge. Windows hides the second ending of `.txt.txt`. */
export function isQuestionsFile(path: string): boolean {
  return /\.perguntas(?:\.txt)+$/iu.test(path);
}

type Label = 'question' | 'wanted' | 'unwanted';

// Looked for in folded lines: upper case and accents are the writer's business.
const LABELS: readonly (readonly [Label, RegExp])[] = [
  ['question', /^[-*• \t]*(?:p|q|pergunta|question)[ \t]*\d{0,3}[ \t]*[:：][ \t]*/u],
  ['wanted', /^[-*• \t]*deve[ \t]+(?:conter|ter)[ \t]*[:：][ \t]*/u],
  ['unwanted', /^[-*• \t]*nao[ \t]+(?:deve|pode)[ \t]+(?:conter|ter)[ \t]*[:：][ \t]*/u],
];
const COMMENT = /^[ \t]*(?:#|\/\/)/u;

const NO_COLON =
  /^[-*• \t]*(?:(?:nao[ \t]+)?(?:deve|pode)[ \t]+(?:conter|ter)|pergunta|p)(?![a-z])/u;
const ANSWER = /^[-*• \t]*(?:r|a|resposta|answer)[ \t]*\d{0,3}[ \t]*[:：]/u;

const NAMES: Readonly<Record<Label, string>> = {
  question: 'P:',
  wanted: 'deve conter:',
  unwanted: 'não deve conter:',
};

/**
 * Reads one file: `P: question`, then `deve conter: ...` and `não deve conter: ...` in lines of their
 * own, each as often as needed; `#` begins a comment. What is wrong in one line harms no other.
 *
 * @param document - Its text normalised.
 */
export function readQuestions({ path, text }: DocumentText): ReadQuestions {
  const reading = new Reading(path);
  for (const [index, line] of text.split('\n').entries()) reading.take(line, index + 1);
  return reading.end();
}

interface OpenQuestion {
  readonly line: number;
  readonly question: string;
  readonly expectations: Expectation[];
  /** Whether something was meant to be expected and could not be read. */
  hasMistake: boolean;
}

class Reading {
  readonly #file: string;
  readonly #questions: GoldenQuestion[] = [];
  readonly #mistakes: OwnerNotice[] = [];
  #open: OpenQuestion | undefined;

  constructor(file: string) {
    this.#file = file;
  }

  take(line: string, number: number): void {
    if (line.trim() === '' || COMMENT.test(line)) return;
    const folded = foldInPlace(line);
    const found = LABELS.map(([label, pattern]) => [label, pattern.exec(folded)] as const).find(
      ([, match]) => match !== null,
    );
    if (found === undefined) {
      this.#mistake(number, misread(folded));
      return;
    }
    const [label, match] = found;
    this.#takeLabelled(label, line.slice(match?.[0].length).trim(), number);
  }

  end(): ReadQuestions {
    this.#close();
    if (this.#questions.length === 0 && this.#mistakes.length === 0) {
      const message =
        'não há nenhuma pergunta aqui; escreva uma linha "P:" e abaixo "deve conter:"';
      this.#mistakes.push({ file: this.#file, message });
    }
    return { questions: this.#questions, mistakes: this.#mistakes };
  }

  #takeLabelled(label: Label, text: string, line: number): void {
    if (label === 'question') this.#close();
    if (!/[\p{L}\p{N}]/u.test(text)) {
      this.#mistake(
        line,
        `falta o texto depois de "${NAMES[label]}"; complete a linha ou apague-a`,
      );
    } else if (label === 'question') {
      this.#open = { line, question: text, expectations: [], hasMistake: false };
    } else if (this.#open === undefined) {
      this.#mistake(line, `não há pergunta acima desta linha; escreva antes dela uma linha "P:"`);
    } else {
      this.#open.expectations.push({ line, text, isWanted: label === 'wanted' });
    }
  }

  #close(): void {
    const open = this.#open;
    this.#open = undefined;
    if (open === undefined) return;
    const { line, question, expectations } = open;
    if (expectations.length > 0) {
      this.#questions.push({ file: this.#file, line, question, expectations });
    } else if (!open.hasMistake) {
      this.#mistake(
        line,
        'a pergunta não diz o que conferir; escreva abaixo dela "deve conter:" ou "não deve conter:"',
      );
    }
  }

  #mistake(line: number, message: string): void {
    if (this.#open !== undefined) this.#open.hasMistake = true;
    this.#mistakes.push({ file: this.#file, line, message });
  }
}

function misread(folded: string): string {
  if (ANSWER.test(folded)) {
    return 'a resposta inteira não se escreve aqui; troque por "deve conter:" e o preço, a data ou as palavras que não podem faltar';
  }
  if (NO_COLON.test(folded)) {
    return 'faltam os dois-pontos; escreva assim: "P: Quanto custa?" ou "deve conter: R$ 10,00"';
  }
  return 'não entendi esta linha; ela deve começar com "P:", "deve conter:", "não deve conter:" ou "#" (comentário)';
}
