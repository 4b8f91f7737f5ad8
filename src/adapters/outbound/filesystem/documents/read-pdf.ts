import { getDocumentProxy } from 'unpdf';

import { type Decoded } from '../text-decoding.ts';
import { maxTextOf } from './document-format.ts';
import { type PdfItem, pdfText } from './pdf-lines.ts';

type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>;

/** A catalogue has fewer; each page costs time. */
const MAX_PAGES = 1000;

const LOCKED = 'o PDF está protegido por senha; salve uma cópia sem senha';
const UNREADABLE = 'o PDF está danificado; exporte o documento de novo como PDF';
const TOO_MANY_PAGES = 'o PDF tem mais de 1.000 páginas; divida em arquivos menores';
const NO_TEXT =
  'o PDF é só imagem (digitalizado), sem texto que se possa ler; exporte do programa de origem ou passe por OCR';

/** The text of a PDF; pictures are left out. */
export async function readPdf(bytes: Uint8Array): Promise<Decoded> {
  try {
    // The library refuses Node's own kind of array.
    const pdf = await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 });
    if (pdf.numPages > MAX_PAGES) return { reason: TOO_MANY_PAGES };
    const pages = await readPages(pdf);
    const text = pdfText(pages);
    if (!/[\p{L}\p{N}]/u.test(text)) return { reason: NO_TEXT };
    const empty = pages.filter((page) => page.every(({ str }) => str.trim() === '')).length;
    return empty > 1 ? { text, notice: pagesWithoutText(empty, pages.length) } : { text };
  } catch (error) {
    const isLocked = error instanceof Error && error.name === 'PasswordException';
    return { reason: isLocked ? LOCKED : UNREADABLE };
  }
}

/** One page after the other, and none beyond what is refused anyway: all at once take memory all at once. */
async function readPages(pdf: Pdf): Promise<readonly (readonly PdfItem[])[]> {
  const pages: (readonly PdfItem[])[] = [];
  let room = maxTextOf('pdf');
  for (let number = 1; number <= pdf.numPages && room >= 0; number += 1) {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent();
    const read = items.flatMap((item) => ('str' in item ? [itemOf(item)] : []));
    page.cleanup();
    room -= read.reduce((length, { str }) => length + str.length, 0);
    pages.push(read);
  }
  return pages;
}

function itemOf(item: {
  readonly str: string;
  readonly width: number;
  readonly hasEOL: boolean;
  readonly transform: readonly number[];
}): PdfItem {
  const [, , c = 0, d = 0, x = 0, y = 0] = item.transform;
  const { str, width, hasEOL } = item;
  return { str, width, hasEOL, x, y, fontSize: Math.hypot(c, d) };
}

function pagesWithoutText(empty: number, pages: number): string {
  return `${empty} de ${pages} páginas são só imagem, sem texto que se possa ler, e ficaram de fora; passe o PDF por OCR se elas importam`;
}
