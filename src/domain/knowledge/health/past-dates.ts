import { type Fact, type Today } from '../../facts/fact.ts';
import { findFacts } from '../../facts/find-facts.ts';
import { type LineFault } from './health-notice.ts';

/** Older dates are history. */
const FORGOTTEN_AFTER_YEARS = 10;

// Cheap, and enough to leave out nearly all lines of a large corpus.
const MAY_HOLD_YEAR = /\b(?:20\d\d|\d{1,2}[/.-]\d{1,2}[/.-]\d\d)\b/u;

// After an abbreviated word a sentence goes on; in a file of that kind nobody writes one before a date.
const SENTENCE_END = /(?<=[.!?;])\s+(?=\p{Lu})/u;

/** What a date is the date of, where its passing matters to a customer. */
const COMING =
  /(?<![a-z])(?:inici[oa]|inicia-se|comeca|comecam|proxim[ao]s?|turmas?|inscric(?:ao|oes)|inscrev\w*|matriculas?|vagas?|valid[ao]s?|validade|vence|vencem|vencimento|promoc(?:ao|oes)|promocional|oferta|ofertas|desconto|prazo|ate o dia|ate dia|ate(?= \d)|aulas?|evento|lancamento|pre-venda|estreia|volta as aulas|reabre|reabrimos|fechad[ao]s?|ferias|recesso|starts?|next|until|deadline|plazo)(?![a-z])/u;

/** What says that the writer knows it to be past. */
const PAST =
  /(?<![a-z])(?:desde|fundad[ao]s?|criad[ao]s?|nasc\w*|inaugurad[ao]s?|publicad[ao]s?|atualizad[ao]s?|foi|foram|era|eram|ocorreu|ocorreram|aconteceu|realizou|realizad[ao]s?|teve|tiveram|iniciou|comecou|terminou|encerrad[ao]s?|passad[ao]s?|em vigor|lei|decreto|resolucao|portaria|historia|was|were|since|fue|fueron)(?![a-z])/u;

const WILL = /(?<![a-z])(?:sera|serao|vai|vao|will)(?![a-z])/u;

/** A date in a line of a document that a customer is told of as coming and that has passed. */
export function pastDatesIn(line: string, today: Today): readonly LineFault[] {
  if (!MAY_HOLD_YEAR.test(line)) return [];
  const [past] = line.split(SENTENCE_END).flatMap((sentence) => pastDateIn(sentence, today) ?? []);
  if (past === undefined) return [];
  const message = `${past.text} já passou; ponha a próxima data ou apague a linha`;
  return [{ kind: 'past_date', message }];
}

/** The last date of a sentence, if it has passed: a course that is still going on is no mistake. */
function pastDateIn(sentence: string, today: Today): Fact | undefined {
  const { folded, facts } = findFacts(sentence, today);
  if (!COMING.test(folded)) return undefined;
  if (PAST.test(folded) && !WILL.test(folded)) return undefined;
  const dates = facts.filter(
    ({ kind, year, unit }) =>
      (kind === 'date' || kind === 'month') && year !== undefined && unit !== 'relative',
  );
  const last = dates.reduce<Fact | undefined>(
    (latest, date) => (latest === undefined || dayOf(date) > dayOf(latest) ? date : latest),
    undefined,
  );
  if (last === undefined) return undefined;
  const now = numberOf(today.year, today.month, today.day);
  const isForgotten = dayOf(last) < now - FORGOTTEN_AFTER_YEARS * 10_000;
  return dayOf(last) < now && !isForgotten ? last : undefined;
}

/** Orders days; a month lasts until its end. */
function dayOf({ value, year = 0 }: Fact): number {
  const [month = 1, day = 31] = value.split('-').map(Number);
  return numberOf(year, month, day);
}

function numberOf(year: number, month: number, day: number): number {
  return year * 10_000 + month * 100 + day;
}
