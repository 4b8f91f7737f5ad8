import { describe, expect, it } from '@jest/globals';

import { decodeText } from '../../../src/adapters/outbound/filesystem/text-decoding.ts';

const TEXT = 'Inscrição: R$ 497,00 – até “março”\nÀs 19h';
const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

// The characters of TEXT that Windows-1252 has elsewhere than Latin-1.
const windows1252 = (text: string): Buffer =>
  Buffer.from(
    text.replaceAll('–', '\u0096').replaceAll('“', '\u0093').replaceAll('”', '\u0094'),
    'latin1',
  );
const utf16le = (text: string): Buffer => Buffer.from(text, 'utf16le');
const utf16be = (text: string): Buffer => utf16le(text).swap16();

const NOT_TEXT = 'não é um arquivo de texto; salve o conteúdo como .txt';

describe('decodeText', () => {
  it.each<[string, Uint8Array]>([
    ['UTF-8', Buffer.from(TEXT)],
    ['UTF-8 with a byte order mark', Buffer.concat([BOM, Buffer.from(TEXT)])],
    ['Windows-1252', windows1252(TEXT)],
    ['UTF-16 LE with a byte order mark', utf16le(`\ufeff${TEXT}`)],
    ['UTF-16 BE with a byte order mark', utf16be(`\ufeff${TEXT}`)],
    ['UTF-16 LE', utf16le(TEXT)],
    ['UTF-16 BE', utf16be(TEXT)],
  ])('reads %s', (_encoding, bytes) => {
    expect(decodeText(bytes)).toEqual({ text: TEXT });
  });

  it('reads a line of Windows-1252 that was appended to UTF-8', () => {
    const bytes = Buffer.concat([
      Buffer.from('Preço à vista\n'),
      windows1252('Promoção\nlocução\n'),
    ]);

    expect(decodeText(bytes)).toEqual({ text: 'Preço à vista\nPromoção\nlocução\n' });
  });

  it.each<[string, Uint8Array, string]>([
    ['a NUL', Buffer.from('Preço\0 R$ 10'), NOT_TEXT],
    ['NULs at random places', Buffer.from([0, 65, 66, 0, 67, 68, 0, 0, 69]), NOT_TEXT],
    [
      'noise without NULs',
      Buffer.from(Array.from({ length: 200 }, (_, i) => 1 + (i % 8))),
      NOT_TEXT,
    ],
    ['half a UTF-16 character', Buffer.from([0xff, 0xfe, 0x41]), NOT_TEXT],
    ['UTF-32', Buffer.from([0xff, 0xfe, 0, 0, 0x41, 0, 0, 0]), NOT_TEXT],
    ['a PDF', Buffer.from('%PDF-1.7 ...'), 'é um PDF com outro nome; renomeie o arquivo para .pdf'],
    [
      'a Word document',
      Buffer.from('PK\u0003\u0004...'),
      'é um arquivo do Word, do Excel ou compactado com outro nome; salve o documento como .docx ou a planilha como .csv',
    ],
    [
      'an old Word document',
      Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]),
      'é um arquivo antigo do Word ou do Excel com outro nome; salve o documento como .docx ou a planilha como .csv',
    ],
    [
      'RTF',
      Buffer.from('{\\rtf1\\ansi Pre\\e7o}'),
      'é um documento RTF com outro nome; salve o conteúdo como texto sem formatação',
    ],
    ['nothing', Buffer.alloc(0), 'o arquivo está vazio'],
    ['white space only', Buffer.from('\ufeff \r\n\t'), 'o arquivo está vazio'],
  ])('refuses %s', (_what, bytes, reason) => {
    expect(decodeText(bytes)).toEqual({ reason });
  });
});
