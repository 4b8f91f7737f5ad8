import { describe, expect, it } from '@jest/globals';
import { FactLock } from '../../../../src/domain/facts/fact-lock.ts';
import { FactReader } from '../../../../src/domain/facts/fact-reader.ts';
import { passageSource, type Source } from '../../../../src/domain/facts/source.ts';
import { aPassage } from '../../../builders/a-passage.ts';

const FRIDAY = { year: 2027, month: 3, day: 5 };

const EXCEL = passageSource(aPassage({ id: 'excel#1', text: 'Preço: R$ 297,00' }));

describe('FactReader', () => {
  it('reads a passage once a day', () => {
    const reader = new FactReader();

    const [first] = reader.read([EXCEL], FRIDAY);

    expect(reader.read([{ ...EXCEL }], FRIDAY)[0]).toBe(first);
    expect(reader.read([EXCEL], { ...FRIDAY, day: 6 })[0]).not.toBe(first);
  });

  it('reads a passage anew whose text or heading is another', () => {
    const reader = new FactReader();
    const [first] = reader.read([EXCEL], FRIDAY);

    const [text] = reader.read([{ ...EXCEL, text: `${EXCEL.text}0` }], FRIDAY);
    const [title] = reader.read([{ ...EXCEL, title: 'Word' }], FRIDAY);

    expect(text).not.toBe(first);
    expect(title).not.toBe(first);
  });

  it('judges alike whether the passages are known or not', () => {
    const reader = new FactReader();
    const judge = (sources: readonly Source[]): unknown =>
      new FactLock(sources, FRIDAY, reader).check('O Excel custa R$ 297,00');
    const other = passageSource(
      aPassage({ id: 'web#1', title: 'Curso de Web', text: 'Preço: R$ 297,00' }),
    );

    expect(judge([EXCEL])).toMatchObject([{ source: 'excel#1' }]);
    expect(judge([other])).toMatchObject([{ source: 'web#1' }]);
    expect(judge([EXCEL, other])).toMatchObject([{ source: 'excel#1' }]);
  });

  it('reads only the beginning of what a customer floods the conversation with', () => {
    const flood: Source = { id: 'customer', kind: 'customer', text: 'R$ 80 '.repeat(10_000) };

    const [read] = new FactReader().read([flood], FRIDAY);

    expect(read?.folded).toHaveLength(4_000);
  });
});
