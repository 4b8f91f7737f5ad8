import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** A piece of a corpus, as the generator knows it. */
export interface Text {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

/** Something that is sold, with facts that are its own. Cents, so that nothing is rounded. */
export interface Item {
  readonly name: string;
  readonly texts: readonly Text[];
  readonly price: number;
  readonly pix?: number;
  readonly times?: number;
  readonly each?: number;
  /** As `[year, month, day]`. */
  readonly starts?: readonly [number, number, number];
  readonly hours?: number;
  readonly months?: number;
  readonly link?: string;
}

export interface Corpus {
  readonly name: string;
  readonly texts: readonly Text[];
  readonly items: readonly Item[];
  readonly language: 'pt' | 'es' | 'en';
}

/** The example shop's folder, as its owner would read it. */
export function exampleShop(folder: string): Corpus {
  const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.txt'))
    .sort()
    .map((path) => ({ path, text: decode(readFileSync(join(folder, path))) }))
    .map(({ path, text }) => ({
      id: relative('.', path),
      title: (text.split('\n', 1)[0] ?? '').replace(/^#\s*/u, '').trim(),
      text,
    }));
  const items = texts.filter(({ id }) => id.startsWith('cursos/')).flatMap(courseOf);
  return { name: 'data', texts, items, language: 'pt' };
}

/** The sets of `corpus.jsonl` files below a folder; none where there is no such folder. */
export function devCorpora(folder: string): readonly Corpus[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name !== 'misto' && existsSync(join(folder, name, 'corpus.jsonl')))
    .sort()
    .map((name) => {
      const lines = readFileSync(join(folder, name, 'corpus.jsonl'), 'utf8')
        .trim()
        .split('\n');
      const texts = lines.map((line) => JSON.parse(line) as Text);
      const items = texts.flatMap(productOf);
      const language = name.endsWith('-es') ? 'es' : name.endsWith('-en') ? 'en' : 'pt';
      return { name, texts, items, language };
    });
}

function decode(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  return text.includes('\ufffd') ? bytes.toString('latin1') : text.replace('\ufeff', '');
}

function courseOf(document: Text): readonly Item[] {
  const find = (pattern: RegExp): readonly string[] => pattern.exec(document.text)?.slice(1) ?? [];
  const [price] = find(/Preço: R\$ ([\d.]+,\d\d)/u);
  const [pix] = find(/Valor no Pix: R\$ ([\d.]+,\d\d)/u);
  const [times, each] = find(/até (\d+)x de R\$ ([\d.]+,\d\d)/u);
  const [day, month, year] = find(/Início da próxima turma: (\d\d)\/(\d\d)\/(\d{4})/u).map(Number);
  const [hours] = find(/Carga horária: (\d+) horas/u);
  const [link = ''] = find(/(https:\S+)/u);
  return [
    {
      name: courseName(document.title),
      texts: [document],
      price: cents(price),
      pix: cents(pix),
      times: Number(times),
      each: cents(each),
      starts: [year ?? 0, month ?? 0, day ?? 0],
      hours: Number(hours),
      link,
    },
  ];
}

function courseName(title: string): string {
  const name = title.split(':')[0] ?? '';
  return name === name.toUpperCase() ? sentenceCase(name) : name;
}

function productOf(passage: Text): readonly Item[] {
  const found =
    /Preço: R\$ ([\d.]+,\d\d) ou R\$ ([\d.]+,\d\d) no Pix\. Parcelas: (\d+)x de R\$ ([\d.]+,\d\d)\. Garantia do fabricante: (\d+) meses/u.exec(
      passage.text,
    );
  if (found === null) return [];
  const [, price, pix, times, each, months] = found;
  return [
    {
      name: passage.title,
      texts: [passage],
      price: cents(price),
      pix: cents(pix),
      times: Number(times),
      each: cents(each),
      months: Number(months),
    },
  ];
}

function cents(amount: string | undefined): number {
  return Number((amount ?? '').replace(/[.,]/gu, ''));
}

function sentenceCase(name: string): string {
  const [first = '', ...rest] = name.toLowerCase();
  return `${first.toUpperCase()}${rest.join('')}`;
}
