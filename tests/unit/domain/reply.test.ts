import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatForWhatsApp, splitReply } from '../../../src/domain/reply.ts';

const PIX_CODE =
  '00020126360014BR.GOV.BCB.PIX0114+55119999999995204000053039865802BR5913ESCOLA  TESTE6009SAO PAULO62070503***63041D3F';

describe('formatForWhatsApp', () => {
  it.each([
    ['bold', 'O curso **Excel** custa', 'O curso *Excel* custa'],
    ['bold by underscores', 'é __agora__!', 'é *agora*!'],
    ['bold italics', '***Atenção***', '*_Atenção_*'],
    ['italics, which are WhatsApp marks already', '*a* e _b_', '*a* e _b_'],
    ['struck text', '~~R$ 100~~ R$ 80', '~R$ 100~ R$ 80'],
    ['bold that ends before a letter', '**Preço:**R$ 100', '*Preço:*R$ 100'],
    ['a heading', '## Cursos ##', '*Cursos*'],
    ['a heading with bold inside', '# Curso de **Excel**', '*Curso de Excel*'],
    ['a heading that is bold', '# **Cursos**', '*Cursos*'],
    ['a heading with a bold link', '# [**a**](https://x.com)', '*a: https://x.com*'],
    ['a heading with bold italics', '# ***Atenção***', '*_Atenção_*'],
    ['a heading with asterisks of its own', '# *Hoje* e **já**', '*Hoje* e *já*'],
    ['bold over two lines', '**Atenção:\no curso começa**', '*Atenção:*\n*o curso começa*'],
    ['bold over three lines', 'Oi **a  \n  b\nc**, d', 'Oi *a*\n  *b*\n*c*, d'],
    ['bold over lines, twice', '**a\nb** e **c\nd**', '*a*\n*b* e *c*\n*d*'],
    ['bold over a tag', '**a<br>b**', '*a*\n*b*'],
    ['bold over the lines of an item', '- **a\n  b**\n- c', '• *a*\n  *b*\n• c'],
    ['bold that no line closes', '**a\nb **c** d', '**a\nb *c* d'],
    ['bold that ends with its paragraph', '**a\n\nb**', '**a\n\nb**'],
    ['bold that ends with its item', '- **a\n- b**', '• **a\n• b**'],
    ['bold that ends before a rule', '**a\n---\nb**', '**a\nb**'],
    ['a hashtag', '#promo', '#promo'],
    ['a list', '- um\n* dois\n  - três', '• um\n• dois\n  • três'],
    ['a numbered list', '1. um\n2. dois', '1. um\n2. dois'],
    ['a quotation', '> palavra', '> palavra'],
    ['a rule', 'a\n\n---\n\nb', 'a\n\nb'],
    ['an underlined heading', 'Cursos\n======\nb', 'Cursos\nb'],
    ['inline code', 'digite `**x**` aqui', 'digite `**x**` aqui'],
    ['code fences within one line', '```2**3**4``` **b**', '```2**3**4``` *b*'],
    ['a lone backtick', '5` e **b**', '5` e *b*'],
    ['escaped characters', 'R\\$ 100 \\*sem\\*', 'R$ 100 *sem*'],
    ['an escaped backslash', 'a\\\\b', 'a\\b'],
    ['tags', 'a<br>b<br/><strong>c</strong>', 'a\nb\n*c*'],
    ['an HTML list', '<ul><li>a</li><li>b</li></ul>', '• a\n• b'],
    ['what only looks like a tag', 'diga <seu nome> e 1 < 2 > 0', 'diga <seu nome> e 1 < 2 > 0'],
    ['bold without an end', 'a **b c', 'a **b c'],
    ['a mark inside a pair without an end', '**a __b** c__', '*a __b* c__'],
    ['a masked number', 'CPF ***.456.789-** ok', 'CPF ***.456.789-** ok'],
    ['a blank to fill in', 'Nome: ____ Fone: __', 'Nome: ____ Fone: __'],
  ])('converts %s', (_name, markdown, expected) => {
    const text = formatForWhatsApp(markdown);

    expect(text).toBe(expected);
  });

  it.each([
    ['[o site](https://x.com.br/a_b_c)', 'o site: https://x.com.br/a_b_c'],
    ['[Site:](https://x.com)', 'Site: https://x.com'],
    ['[https://x.com/](https://x.com)', 'https://x.com'],
    ['[x.com](https://www.x.com/)', 'https://www.x.com/'],
    ['[**a**](https://x.com "título")', '*a*: https://x.com'],
    ['![foto](https://x.com/a.png)', 'foto: https://x.com/a.png'],
    ['![](https://x.com/a.png)', 'https://x.com/a.png'],
    ['[topo](#topo)', 'topo'],
    ['[oi@x.com](mailto:oi@x.com)', 'oi@x.com'],
    ['<https://x.com/a>', 'https://x.com/a'],
    ['<oi@x.com>', 'oi@x.com'],
    ['[p](https://x.com/a_(b))', 'p: https://x.com/a_(b)'],
    ['veja **https://x.com/a_b**.', 'veja *https://x.com/a_b*.'],
    ['[1] e [nota]', '[1] e [nota]'],
    ['veja __instagram.com/aurora__!', 'veja *instagram.com/aurora*!'],
    ['**loja.com.br/a_b**', '*loja.com.br/a_b*'],
  ])('writes the link %s as words and address', (markdown, expected) => {
    const text = formatForWhatsApp(markdown);

    expect(text).toBe(expected);
  });

  it('keeps code between fences as it is, without the language', () => {
    const text = formatForWhatsApp('a\n```js\n# **x**\n- y\n```\n**b**');

    expect(text).toBe('a\n```\n# **x**\n- y\n```\n*b*');
  });

  it('writes a table as lines', () => {
    const text = formatForWhatsApp(
      'Veja:\n| Curso | Preço |\n|---|:-:|\n| **Excel** | R$ 100<br>à vista |\n| A \\| B | [x](https://x.com) |\n\nFim | aqui',
    );

    expect(text).toBe(
      'Veja:\n*Curso — Preço*\n• *Excel* — R$ 100, à vista\n• A | B — x: https://x.com\n\nFim | aqui',
    );
  });

  it('leaves one of several blank lines and none at the ends', () => {
    const text = formatForWhatsApp('\n\n  a  \n\n \n\nb\r\n\r\n\r\n');

    expect(text).toBe('a\n\nb');
  });

  it('removes what a reader cannot see', () => {
    const text = formatForWhatsApp(
      'a\u202Eb\u200Bc\u0000d\u001B[31me\uFEFF\u{E0041}f\uD800g\u200Dh',
    );

    expect(text).toBe('abcd[31mefgh');
  });

  it.each([
    '👨‍👩‍👧',
    '❤️',
    '👍🏽',
    '🏳️‍🌈',
    '👩🏽‍💻',
    '1️⃣',
    '🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}',
  ])('keeps the emoji %s whole', (emoji) => {
    const text = formatForWhatsApp(`oi ${emoji} oi`);

    expect(text).toBe(`oi ${emoji} oi`);
  });

  it('never touches a Pix code', () => {
    const text = formatForWhatsApp(`**Pix copia e cola:**\n\n${PIX_CODE}\n\n***obrigado***`);

    expect(text).toBe(`*Pix copia e cola:*\n\n${PIX_CODE}\n\n*_obrigado_*`);
  });

  it.each([
    '2*3*4',
    '2**3**4',
    'file_name_x',
    'file__name__x',
    'a~~b',
    'R$ 1.234,56',
    '10%',
    '+55 (83) 98888-7777',
    'ana__maria@x.com.br',
    '2026-11-23',
    '#1',
    '-5',
    'https://x.com/__a__/**b**/~~c~~?d=*e*&f=[g](h)i',
    'www.x.com/a_b_',
    '@__aurora__',
    '(@__aurora__)',
    'instagram.com/__aurora__',
    'loja.com.br/__a__/**b**?c=__d__',
    'perfil/__aurora__',
    'app.__init__',
    '12.345.678/0001-90',
    '***@mail.com',
  ])('never touches %s', (token) => {
    const text = formatForWhatsApp(`veja ${token} agora, **já**`);

    expect(text).toBe(`veja ${token} agora, *já*`);
  });

  it('keeps every link, price, number, address and Pix code among whatever Markdown', () => {
    const path = fc.string({
      unit: fc.constantFrom('a', 'Z', '0', '_', '*', '~', '-', '.', '/', '=', '&', '(', ')'),
      maxLength: 30,
    });
    const token = fc.oneof(
      path.map((text) => `https://loja.com.br/${text}x`),
      path.map((text) => `loja.com.br/${text}x`),
      fc.integer({ min: 0, max: 9_999_999 }).map((cents) => `R$ ${(cents / 100).toFixed(2)}`),
      fc.integer({ min: 0 }).map(String),
      fc.stringMatching(/^[a-z0-9][a-z0-9_.-]{0,12}@[a-z]{1,9}\.com$/u),
      fc.constant(PIX_CODE),
    );
    const noise = fc.string({
      unit: fc.constantFrom(
        '*',
        '**',
        '__',
        '~~',
        '`x`',
        '# ',
        '- ',
        '| ',
        '\n',
        ' ',
        'a',
        'é',
        '.',
      ),
      maxLength: 12,
    });

    fc.assert(
      fc.property(noise, token, noise, (before, kept, after) => {
        const text = formatForWhatsApp(`${before} ${kept} ${after}`);

        expect(text).toContain(kept);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    '*',
    '**a',
    '_',
    '~~',
    '`',
    '``` ',
    '[',
    '![a](',
    '[a](b',
    '[](',
    '<a ',
    '<',
    '|',
    '||-',
    '#',
    '# ',
    '- ',
    '\n',
    ' ',
    '0002016304',
    '000201',
    'http://',
    'www.',
    'https://)',
    '\\',
    '\u200D',
    '> ',
    '- - ',
    '**a\n',
    '**a\nb** ',
    'a** **b\n',
    'a.',
    'a.bc/',
    '@__',
    '# **',
    '$ ',
    '`` ` ',
    '(((',
    '<br',
    '\n ',
  ])('ends soon on 100,000 units of %j', (unit) => {
    const worst = unit.repeat(Math.floor(100_000 / unit.length));

    const started = performance.now();
    const parts = splitReply(formatForWhatsApp(worst));
    const elapsed = performance.now() - started;

    expect(parts.every((part) => part.length <= 4_096)).toBe(true);
    expect(elapsed).toBeLessThan(2_000);
  });
});
