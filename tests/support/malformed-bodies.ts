import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { aWebhookBody, toBytes } from '../builders/a-webhook-body.ts';

const FIXTURES = new URL('../fixtures/webhooks/', import.meta.url);
const SAMPLES = readdirSync(FIXTURES)
  .filter((name) => name.endsWith('.json'))
  .map((name) => readFileSync(new URL(name, FIXTURES)));
const FIELDS = [...new Set(SAMPLES.flatMap((sample) => fieldsOf(JSON.parse(sample.toString()))))];

function fieldsOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([field, inner]) => [
    ...(Array.isArray(value) ? [] : [field]),
    ...fieldsOf(inner),
  ]);
}

/** Words that mean something to a reader, so that random values reach its branches. */
const telling = fc.constantFrom<unknown>(
  '558388887777@s.whatsapp.net',
  '123456789012345@lid',
  '@s.whatsapp.net',
  '0@s.whatsapp.net',
  'p',
  '\u0000\u0003\ud800',
  '{"id":"\\ud800"}',
  '__proto__',
  'REVOKE',
  'messages.update',
  'open',
  1e308,
  -1,
  14,
  true,
  null,
  { low: -1, high: 1 },
  { '0': 1, '1': 255 },
  [],
  {},
);
const field = fc.oneof(fc.constantFrom(...FIELDS, '__proto__', 'constructor'), fc.string());
const anyValue = fc.oneof(telling, fc.string({ unit: 'binary' }), fc.jsonValue({ maxDepth: 3 }));

/** JSON made of the fields that real bodies are made of, put together at random. */
const { body: randomBody } = fc.letrec<{ body: unknown; tree: unknown }>((tie) => ({
  body: fc.oneof(fc.array(tie('tree'), { maxLength: 4 }), tie('tree')),
  tree: fc.oneof(
    { maxDepth: 6, depthSize: 'medium' },
    anyValue,
    fc.dictionary(field, tie('tree'), { maxKeys: 6 }),
    fc.array(tie('tree'), { maxLength: 3 }),
  ),
}));

interface ByteEdit {
  readonly at: number;
  readonly put: Uint8Array;
  readonly removed: number;
}

const byteEdit: fc.Arbitrary<ByteEdit> = fc.record({
  at: fc.nat(),
  put: fc.uint8Array({ maxLength: 6 }),
  removed: fc.nat({ max: 12 }),
});

function editBytes(sample: Uint8Array, edits: readonly ByteEdit[]): Uint8Array {
  return edits.reduce((bytes, { at, put, removed }) => {
    const start = at % (bytes.length + 1);
    return Uint8Array.from([...bytes.slice(0, start), ...put, ...bytes.slice(start + removed)]);
  }, sample);
}

interface FieldEdit {
  readonly at: number;
  readonly value: unknown;
  /** Where given, the field gets another name instead of another value. */
  readonly name: string | undefined;
}

const fieldEdit: fc.Arbitrary<FieldEdit> = fc.record({
  at: fc.nat({ max: 40 }),
  value: anyValue,
  name: fc.option(field, { nil: undefined }),
});

/** The JSON text with its `at`-th object field changed. */
function editField(json: string, edit: FieldEdit): string {
  let seen = -1;
  const edited: unknown = JSON.parse(json, (_name, value: unknown) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    const entries = Object.entries(value).map(([name, inner]): [string, unknown] => {
      seen += 1;
      if (seen !== edit.at) return [name, inner];
      return edit.name === undefined ? [name, edit.value] : [edit.name, inner];
    });
    return Object.fromEntries(entries);
  });
  return JSON.stringify(edited);
}

const hostilePart = fc
  .record({
    unit: fc.constantFrom('\u0000', '\u0003', '\ud83d', '[', '{"a":', '"', '\\', '999', 'ꦾ'),
    times: fc.integer({ min: 1_000, max: 20_000 }),
    place: fc.constantFrom('paramsJson', 'text', 'pushName', 'remoteJid', 'id', 'senderPn', 'raw'),
    layers: fc.nat({ max: 80 }),
  })
  .map(({ unit, times, place, layers }) => {
    const long = unit.repeat(times);
    if (place === 'raw') return toBytes(long);
    const flow = { name: 'galaxy_message', paramsJson: place === 'paramsJson' ? long : '{}' };
    let message: object = {
      interactiveResponseMessage: {
        body: { text: place === 'text' ? long : '' },
        nativeFlowResponseMessage: flow,
      },
    };
    for (let layer = 0; layer < layers; layer += 1) message = { viewOnceMessage: { message } };
    const key = { remoteJid: '558388887777@s.whatsapp.net', [place]: long };
    return toBytes({ ...aWebhookBody({ key, message }), [place]: long });
  });

/** Bodies that no gateway should send, by what is wrong with them. */
export const MALFORMED_BODIES = {
  randomTree: randomBody.map((body) => toBytes(JSON.stringify(body))),
  bytesChanged: fc
    .tuple(fc.constantFrom(...SAMPLES), fc.array(byteEdit, { minLength: 1, maxLength: 4 }))
    .map(([sample, edits]) => editBytes(sample, edits)),
  fieldChanged: fc
    .tuple(fc.constantFrom(...SAMPLES), fieldEdit)
    .map(([sample, edit]) => toBytes(editField(sample.toString(), edit))),
  randomBytes: fc.uint8Array({ maxLength: 300 }),
  hostile: hostilePart,
} satisfies Readonly<Record<string, fc.Arbitrary<Uint8Array>>>;
