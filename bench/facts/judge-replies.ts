import { FactLock } from '../../src/domain/facts/fact-lock.ts';
import { passageSource } from '../../src/domain/facts/source.ts';
import { type Passage } from '../../src/domain/knowledge/passage.ts';
import { splitDocument } from '../../src/domain/knowledge/splitting.ts';
import { type Case } from './case.ts';
import { type Text } from './shop-corpus.ts';

const TODAY = { year: 2027, month: 1, day: 12 };

const KINDS = { business: 'person', agent: 'agent' } as const;

/** A case with what the fact lock made of it. */
export interface Judged extends Case {
  readonly isStopped: boolean;
  /** The offending facts, in words. */
  readonly offences: readonly string[];
}

/** Judges a reply as the service would: by what the model was shown. */
export function judge(made: Case): Judged {
  const lock = new FactLock(
    [
      ...made.passages.flatMap(passagesOf).map(passageSource),
      ...made.earlier.map(({ by, text }) => ({ id: by, kind: KINDS[by], text })),
      { id: 'clock', kind: 'clock', text: 'terça-feira, 12 de janeiro de 2027 às 10:00' },
      { id: 'customer', kind: 'customer', text: made.question },
    ],
    TODAY,
  );
  const offences = lock
    .check(made.reply)
    .flatMap(({ text, offence }) => (offence === undefined ? [] : [`${text}: ${offence}`]));
  return { ...made, isStopped: offences.length > 0, offences };
}

/** A document of the example shop in its passages; a passage of a corpus as it is. */
function passagesOf({ id, title, text }: Text): readonly Passage[] {
  if (id.endsWith('.txt')) return [...splitDocument(id, text)];
  return [{ id, document: id, title, section: '', text }];
}
