import { cleanText } from './clean-text.ts';
import { type Content } from './content.ts';
import {
  asRecord,
  integerAt,
  listAt,
  type LooseRecord,
  recordAt,
  stringAt,
  valueAt,
} from './loose-record.ts';
import { readParameters } from './read-parameters.ts';

const MOST_BUTTONS = 10;
const MOST_ITEMS = 50;
/** Of these at least one stands in the parameters of an order, whatever its button is named. */
const ORDER_FIELDS = ['order', 'total_amount', 'reference_id', 'payment_settings'] as const;
const CURRENCY = /^[A-Z]{3}$/u;

/**
 * An interactive message. Mega's sample of an order is one: its data stand in the JSON of a button
 * (`nativeFlowMessage.buttons[].buttonParamsJson`), and it need not have words of its own.
 * `undefined` when neither words nor readable buttons are there.
 */
export function readInteractive(part: LooseRecord): Content | undefined {
  const words = [wordsAt(part, 'header', 'title'), wordsAt(part, 'body', 'text')];
  const written = joined(words);
  const buttons = readButtons(part);
  const orders = buttons.filter((button) =>
    ORDER_FIELDS.some((field) => valueAt(button, field) !== undefined),
  );
  if (orders.length > 0) {
    return { kind: 'order', text: joined([...words, ...orders.flatMap(orderLines)]) };
  }
  if (written !== '') return { kind: 'text', text: written };
  if (buttons.length === 0) return undefined;
  return {
    kind: 'order',
    text: joined(buttons.map((button) => stringAt(button, 'title', 'display_text'))),
  };
}

function wordsAt(part: LooseRecord, name: string, field: string): string | undefined {
  const record = recordAt(part, name);
  return record === undefined ? undefined : stringAt(record, field);
}

function readButtons(part: LooseRecord): readonly LooseRecord[] {
  const flow = recordAt(part, 'nativeFlowMessage');
  const buttons = (flow === undefined ? undefined : listAt(flow, 'buttons')) ?? [];
  return buttons
    .slice(0, MOST_BUTTONS)
    .map(asRecord)
    .map((button) => button && readParameters(button, 'buttonParamsJson'))
    .filter((parameters) => parameters !== undefined);
}

/** A title, then a line for each item, then the total. */
function orderLines(parameters: LooseRecord): readonly (string | undefined)[] {
  const order = recordAt(parameters, 'order') ?? parameters;
  const items = (listAt(order, 'items') ?? []).slice(0, MOST_ITEMS).map(itemLine);
  return [stringAt(parameters, 'title', 'display_text'), ...items, totalLine(parameters)];
}

function itemLine(entry: unknown): string | undefined {
  const item = asRecord(entry);
  const name = item === undefined ? undefined : stringAt(item, 'name', 'title');
  if (item === undefined || name === undefined) return undefined;
  const quantity = integerAt(item, 'quantity');
  return quantity === undefined ? name : `${quantity} x ${name}`;
}

/** Amounts come as a whole number and what to divide it by: `{"value":49700,"offset":100}`. */
function totalLine(parameters: LooseRecord): string | undefined {
  const total = recordAt(parameters, 'total_amount');
  const value = total === undefined ? undefined : integerAt(total, 'value');
  if (total === undefined || value === undefined) return undefined;
  const offset = integerAt(total, 'offset') ?? 1;
  if (offset < 1) return undefined;
  const amount = (value / offset).toFixed(2).replace('.', ',');
  return `Total: ${currencyOf(parameters)}${amount}`;
}

function currencyOf(parameters: LooseRecord): string {
  const code = stringAt(parameters, 'currency') ?? '';
  if (code === 'BRL') return 'R$ ';
  return CURRENCY.test(code) ? `${code} ` : '';
}

function joined(lines: readonly (string | undefined)[]): string {
  return cleanText(lines.filter((line) => line !== undefined).join('\n'));
}
