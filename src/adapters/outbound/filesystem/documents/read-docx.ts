import { type Unzipped, unzipSync, zipSync } from 'fflate';
import mammoth from 'mammoth';

import { type Decoded } from '../text-decoding.ts';
import { htmlText, TITLE_CLASS } from './html-text.ts';

/** So much XML is read; real documents have a tenth of it, and it takes ten times as much memory. */
const MAX_XML_BYTES = 16 * 1024 * 1024;

const NO_WORD = 'não é um documento do Word; salve como .docx de novo';
const OLD_OR_LOCKED =
  'está protegido por senha ou é do Word antigo (.doc); salve uma cópia sem senha como .docx';
const TOO_LARGE = 'o documento é grande demais por dentro; divida o conteúdo em arquivos menores';
const UNREADABLE = 'o documento está danificado; abra no Word e salve de novo como .docx';
const NO_TEXT =
  'o documento não tem texto, só imagens ou caixas vazias; escreva o conteúdo como texto';

const BODY = 'word/document.xml';
const STYLES = [
  `p[style-name='Title'] => h1.${TITLE_CLASS}:fresh`,
  `p[style-name='Subtitle'] => p:fresh`,
];

/** The text of a Word document with its headings, lists and tables; pictures are left out. */
export async function readDocx(bytes: Uint8Array): Promise<Decoded> {
  // The container of old and of encrypted documents.
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf) return { reason: OLD_OR_LOCKED };
  const parts = unpack(bytes);
  if ('reason' in parts) return parts;
  try {
    // Packed again from what was counted: the converter itself unpacks whatever it finds.
    const buffer = Buffer.from(zipSync(parts.files, { level: 0 }));
    const { value } = await mammoth.convertToHtml(
      { buffer },
      {
        styleMap: STYLES,
        includeEmbeddedStyleMap: false,
        externalFileAccess: false,
        convertImage: mammoth.images.imgElement(() => Promise.resolve({ src: '' })),
      },
    );
    const text = htmlText(value);
    return text === '' ? { reason: NO_TEXT } : { text };
  } catch {
    return { reason: UNREADABLE };
  }
}

/** The parts that hold text, of no more than {@link MAX_XML_BYTES} in all, whatever the archive says of itself. */
function unpack(bytes: Uint8Array): { readonly files: Unzipped } | { readonly reason: string } {
  let room = MAX_XML_BYTES;
  let files: Unzipped;
  try {
    files = unzipSync(bytes, {
      // Each part is unpacked into as much memory as it claims to need, and no further.
      filter: ({ name, originalSize }) => {
        if (!/\.(?:xml|rels)$/u.test(name)) return false;
        room -= originalSize;
        return room >= 0;
      },
    });
  } catch {
    return { reason: NO_WORD };
  }
  if (room < 0) return { reason: TOO_LARGE };
  return files[BODY] === undefined ? { reason: NO_WORD } : { files };
}
