import { type Fact, type Today } from '../facts/fact.ts';
import { findFacts } from '../facts/find-facts.ts';
import { Items } from '../facts/items.ts';
import { type ItemId } from '../facts/mentions.ts';
import { type ExaminedSource } from '../facts/source.ts';
import { matchesIn, type Wording, type WordingMatch, wordingOf } from '../facts/wording.ts';
import { type Expectation, type GoldenQuestion } from './golden-questions.ts';
import { type OwnerNotice, placeName } from './owner-notice.ts';
import { type Passage } from './passage.ts';
import { lineInDocument } from './passage-line.ts';

/** What a question is held against. */
export interface Trial {
  /** The passages that fit the question best, best first. */
  readonly best: readonly Passage[];
  /** What the model is given besides, whatever is asked. */
  readonly rest: readonly Passage[];
  readonly examined: (passage: Passage) => ExaminedSource;
  readonly today: Today;
  /** The text of a document, for the lines that are told. */
  readonly textOf: (document: string) => string | undefined;
}

/** A passage read as evidence. */
interface Evidence {
  readonly isBest: boolean;
  readonly passage: Passage;
  readonly examined: ExaminedSource;
  readonly wording: Wording;
  /** What it is about, where that is an item. */
  readonly own: ItemId | undefined;
  /** The items of each of its facts; none where a fact is the shop's. */
  readonly bound: readonly (readonly ItemId[])[];
}

interface Found {
  readonly evidence: Evidence;
  readonly match: WordingMatch;
}

/** How many places are told of what stands there instead. */
const TOLD = 3;

/**
 * Holds one question against its evidence: the passages that fit it best, without what belongs to
 * another item than those that the question names; and of the rest that the model is given, what belongs to these. The price of course B is no answer for course A,
 * whether it is wanted or must not be there; the fact lock judges replies alike.
 *
 * @returns What is not as expected, in the order of the file.
 */
export function checkQuestion(question: GoldenQuestion, trial: Trial): readonly OwnerNotice[] {
  const check = new QuestionCheck(question, trial);
  return question.expectations.flatMap((expectation) => check.failureOf(expectation) ?? []);
}

class QuestionCheck {
  readonly #question: GoldenQuestion;
  readonly #trial: Trial;
  readonly #evidence: readonly Evidence[];
  readonly #named: ReadonlySet<ItemId>;

  constructor(question: GoldenQuestion, trial: Trial) {
    this.#question = question;
    this.#trial = trial;
    const best = new Set(trial.best.map(({ id }) => id));
    const passages = [...trial.best, ...trial.rest.filter(({ id }) => !best.has(id))];
    const examined = passages.map(trial.examined);
    const items = new Items(examined);
    this.#named = items.namedIn(findFacts(question.question, trial.today).folded);
    this.#evidence = passages.flatMap((passage, index) => {
      const source = examined[index];
      const isBest = best.has(passage.id);
      if (source === undefined || (!isBest && this.#named.size === 0)) return [];
      const own = items.ownItem(source);
      const bound = items.ofSource(source);
      return [{ passage, isBest, examined: source, wording: wordingOf(source), own, bound }];
    });
  }

  failureOf(expectation: Expectation): OwnerNotice | undefined {
    const sought = wordingOf(findFacts(expectation.text, this.#trial.today));
    const all = this.#evidence.flatMap((evidence) =>
      matchesIn(evidence.wording, sought, this.#trial.today).map((match) => ({ evidence, match })),
    );
    const own = all.find((found) => this.#counts(found));
    if (expectation.isWanted) {
      return own === undefined ? this.#missing(expectation, sought, all) : undefined;
    }
    return own === undefined ? undefined : this.#unwanted(expectation, own);
  }

  #counts({ evidence, match }: Found): boolean {
    const items = match.facts.map((fact) => evidence.bound[fact] ?? []);
    return (items.length > 0 ? items : [ownOf(evidence)]).every((ofFact) =>
      this.#isAsked(ofFact, evidence),
    );
  }

  /** What belongs to no item may be said of every one, if it is about the question at all. */
  #isAsked(items: readonly ItemId[], { isBest }: Evidence): boolean {
    const isNobodys = items.length === 0 || this.#named.size === 0;
    return (isNobodys && isBest) || items.some((item) => this.#named.has(item));
  }

  #missing(expectation: Expectation, sought: Wording, elsewhere: readonly Found[]): OwnerNotice {
    const instead = this.#instead(sought, elsewhere);
    return this.#notice(
      expectation,
      `devia encontrar "${expectation.text}" e não encontrou; ${instead}`,
    );
  }

  #unwanted(expectation: Expectation, { evidence, match }: Found): OwnerNotice {
    const place = this.#placeOf(evidence, lineOf(evidence, match.start));
    return this.#notice(
      expectation,
      `encontrou "${expectation.text}", que não pode aparecer (${place}); corrija esse arquivo`,
    );
  }

  #notice({ line }: Expectation, message: string): OwnerNotice {
    const { file, question } = this.#question;
    return { file, line, message: `a pergunta "${question}" ${message}` };
  }

  #instead(sought: Wording, [elsewhere]: readonly Found[]): string {
    if (elsewhere !== undefined) {
      const { evidence, match } = elsewhere;
      const place = this.#placeOf(evidence, lineOf(evidence, match.start));
      return `isso só aparece para outro item (${place})`;
    }
    const facts = this.#similar(sought.facts[0]).slice(0, TOLD);
    if (facts.length > 0) return `o que aparece é ${facts.join(', ')}`;
    const nearest = this.#evidence.find((evidence) => this.#isAsked(ownOf(evidence), evidence));
    if (nearest === undefined) return 'nenhum texto fala disso; escreva a resposta num arquivo';
    return `o texto mais próximo é ${this.#placeOf(nearest, 0)}`;
  }

  /** Facts of the same kind that do count for the question, each with its place. */
  #similar(fact: Fact | undefined): readonly string[] {
    if (fact === undefined) return [];
    return this.#evidence.flatMap((evidence) =>
      evidence.examined.facts.flatMap((other, index) =>
        other.kind === fact.kind && this.#isAsked(evidence.bound[index] ?? [], evidence)
          ? [`${other.text} (${this.#placeOf(evidence, lineOf(evidence, other.start))})`]
          : [],
      ),
    );
  }

  #placeOf({ passage }: Evidence, index: number): string {
    const text = this.#trial.textOf(passage.document);
    const line = text === undefined ? undefined : lineInDocument(text, passage, index);
    return placeName({ file: passage.document, ...(line === undefined ? {} : { line }) });
  }
}

function ownOf({ own }: Evidence): readonly ItemId[] {
  return own === undefined ? [] : [own];
}

/** Which line of the passage's text holds a place; below 0: its headings. */
function lineOf({ examined }: Evidence, start: number): number {
  // As a source it begins with a line each for title and section.
  return examined.folded.slice(0, start).split('\n').length - 3;
}
