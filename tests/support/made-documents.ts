import { deflateRawSync } from 'node:zlib';

import { zipSync } from 'fflate';

/** Text on a page of a made PDF: where it stands from the bottom left, and in which size. */
export interface Placed {
  readonly text: string;
  readonly x?: number;
  readonly y: number;
  readonly size?: number;
}

/** A PDF as small as can be, one list of texts a page; what is no ASCII goes through Windows-1252. */
export function madePdf(pages: readonly (readonly Placed[])[], trailer = ''): Uint8Array {
  const kids = pages.map((_, index) => `${4 + 2 * index} 0 R`).join(' ');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    ...pages.flatMap((page, index) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${5 + 2 * index} 0 R ` +
        '/Resources << /Font << /F1 3 0 R >> >> >>',
      stream(page.map(drawn).join('\n')),
    ]),
  ];
  return assembled(objects, trailer);
}

/** A PDF whose only page is a stream that unpacks to so many bytes. */
export function madePdfBomb(bytes: number): Uint8Array {
  const packed = deflateRawSync(Buffer.alloc(bytes, ' '), { level: 9 });
  // As zlib wraps it; nobody checks the sum at the end.
  const wrapped = Buffer.concat([Buffer.from([0x78, 0xda]), packed, Buffer.alloc(4)]);
  const content = `<< /Length ${wrapped.length} /Filter /FlateDecode >>\nstream\n${wrapped.toString('latin1')}\nendstream`;
  return assembled(
    [
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
      '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << >> >>',
      content,
    ],
    '',
  );
}

/** A Word document of this body, in WordprocessingML, with the styles that Word itself has. */
export function madeDocx(body: string): Uint8Array {
  const style = (id: string, name: string): string =>
    `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/></w:style>`;
  return zipped({
    '[Content_Types].xml': `${XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
    '_rels/.rels': relations(
      '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>',
    ),
    'word/_rels/document.xml.rels': relations(
      '<Relationship Id="s" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>' +
        '<Relationship Id="n" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering" Target="numbering.xml"/>' +
        '<Relationship Id="link" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="https://loja.example/a?b=1&amp;c=2" TargetMode="External"/>',
    ),
    'word/styles.xml': `${XML}<w:styles ${NAMES}>${style('Ttulo', 'Title')}${style('Ttulo1', 'heading 1')}${style('Ttulo2', 'heading 2')}</w:styles>`,
    'word/numbering.xml': `${XML}<w:numbering ${NAMES}>${numbering('1', 'bullet')}${numbering('2', 'decimal')}${numberingUse('1')}${numberingUse('2')}</w:numbering>`,
    'word/document.xml': `${XML}<w:document ${NAMES}><w:body>${body}</w:body></w:document>`,
  });
}

/** A paragraph of a Word document; `list`: 1 with marks, 2 with numbers. */
export function paragraph(text: string, style = '', list?: 1 | 2): string {
  const look = style === '' ? '' : `<w:pStyle w:val="${style}"/>`;
  const item =
    list === undefined ? '' : `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="${list}"/></w:numPr>`;
  return `<w:p><w:pPr>${look}${item}</w:pPr><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;
}

/** A table of a Word document. */
export function table(rows: readonly (readonly string[])[]): string {
  const cell = (text: string): string => `<w:tc>${paragraph(text)}</w:tc>`;
  return `<w:tbl>${rows.map((row) => `<w:tr>${row.map(cell).join('')}</w:tr>`).join('')}</w:tbl>`;
}

/** A zip archive of these files. */
export function zipped(files: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  const bytes = Object.entries(files).map(
    ([name, content]) =>
      [name, typeof content === 'string' ? new TextEncoder().encode(content) : content] as const,
  );
  return zipSync(Object.fromEntries(bytes), { level: 9 });
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const NAMES =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';

function relations(inner: string): string {
  return `${XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${inner}</Relationships>`;
}

function numbering(id: string, format: string): string {
  return `<w:abstractNum w:abstractNumId="${id}"><w:lvl w:ilvl="0"><w:numFmt w:val="${format}"/></w:lvl></w:abstractNum>`;
}

function numberingUse(id: string): string {
  return `<w:num w:numId="${id}"><w:abstractNumId w:val="${id}"/></w:num>`;
}

function drawn({ text, x = 50, y, size = 12 }: Placed): string {
  const escaped = text.replace(/[\\()]/gu, '\\$&');
  return `BT /F1 ${size} Tf 1 0 0 1 ${x} ${y} Tm (${escaped}) Tj ET`;
}

function stream(content: string): string {
  return `<< /Length ${content.length} >>\nstream\n${content}\nendstream`;
}

function assembled(objects: readonly string[], trailer: string): Uint8Array {
  let file = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const at = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const start = file.length;
  const table = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}`;
  file += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(file, 'latin1');
}
