import { describe, expect, it } from '@jest/globals';
import { readInteractive } from '../../../../../../src/adapters/inbound/http/payload/read-interactive.ts';

function button(parameters: unknown): object {
  const isText = typeof parameters === 'string';
  return { name: 'b', buttonParamsJson: isText ? parameters : JSON.stringify(parameters) };
}

/** An interactive message with these buttons and, where given, words. */
function anInteractive(
  buttons: unknown,
  { title, body }: { readonly title?: string; readonly body?: string } = {},
): Record<string, unknown> {
  return {
    header: { title, hasMediaAttachment: false },
    body: { text: body },
    nativeFlowMessage: { buttons },
  };
}

const AN_ORDER = {
  currency: 'BRL',
  total_amount: { value: 123_456, offset: 100 },
  order: { items: [{ name: 'Violão', quantity: 2 }, null, { quantity: 1 }, { name: 'Corda' }] },
};

describe('readInteractive', () => {
  it('reads an order by its header, body, items and total', () => {
    const part = anInteractive([button(AN_ORDER)], { title: 'Pedido 7', body: 'Confira' });

    const content = readInteractive(part);

    expect(content).toEqual({
      kind: 'order',
      text: 'Pedido 7\nConfira\n2 x Violão\nCorda\nTotal: R$ 1234,56',
    });
  });

  it.each([
    ['another currency', { currency: 'USD', total_amount: { value: 5, offset: 1 } }, 'USD 5,00'],
    ['no currency', { total_amount: { value: '990', offset: '100' } }, '9,90'],
    ['a currency that is none', { currency: '\nR$', total_amount: { value: 5 } }, '5,00'],
  ])('tells the total with %s', (_name, parameters, total) => {
    const content = readInteractive(anInteractive([button(parameters)]));

    expect(content).toEqual({ kind: 'order', text: `Total: ${total}` });
  });

  it.each([
    ['no number', { total_amount: { value: 'muito', offset: 100 } }],
    ['an offset of zero', { total_amount: { value: 1, offset: 0 } }],
    ['no amount', { total_amount: 'R$ 10' }],
  ])('tells no total of %s', (_name, parameters) => {
    const content = readInteractive(anInteractive([button(parameters)]));

    expect(content).toEqual({ kind: 'order', text: '' });
  });

  it('takes buttons without words around them for an order, by their titles', () => {
    const buttons = [button({ display_text: 'Pagar' }), button({ title: 'Ver pedido' })];

    const content = readInteractive(anInteractive(buttons));

    expect(content).toEqual({ kind: 'order', text: 'Pagar\nVer pedido' });
  });

  it('takes words with buttons that are no order for a text', () => {
    const part = anInteractive([button({ display_text: 'Abrir', url: 'https://x.com' })], {
      body: 'Veja o site',
    });

    expect(readInteractive(part)).toEqual({ kind: 'text', text: 'Veja o site' });
  });

  it('looks at ten buttons and fifty items', () => {
    const items = Array.from({ length: 51 }, (_item, index) => ({ name: `i${index + 1}` }));
    const buttons = Array.from({ length: 11 }, (_button, index) =>
      button({ order: { items: index === 0 ? items : [{ name: `b${index + 1}` }] } }),
    );

    const lines = readInteractive(anInteractive(buttons))?.text.split('\n') ?? [];

    expect(lines.slice(48)).toEqual([
      'i49',
      'i50',
      'b2',
      'b3',
      'b4',
      'b5',
      'b6',
      'b7',
      'b8',
      'b9',
      'b10',
    ]);
  });

  it.each([
    ['no JSON', [button('{"order":')]],
    ['no object', [button('[1]'), button('"x"'), button('null')]],
    ['too deep', [button('['.repeat(100))]],
    ['too long', [button({ title: 'a'.repeat(70_000) })]],
    ['control characters', [button('\u0000\u0003'.repeat(1_000))]],
    ['no buttons at all', [null, 7, 'x', { buttonParamsJson: {} }]],
    ['no list', { 0: button(AN_ORDER) }],
  ])('finds nothing in buttons that are %s', (_name, buttons) => {
    expect(readInteractive(anInteractive(buttons))).toBeUndefined();
  });

  it('sees no inherited field in the parameters', () => {
    const part = anInteractive([button('{"__proto__":{"order":{"items":[{"name":"x"}]}}}')]);

    expect(readInteractive(part)).toEqual({ kind: 'order', text: '' });
  });
});
