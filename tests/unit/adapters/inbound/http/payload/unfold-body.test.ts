import { describe, expect, it } from '@jest/globals';
import {
  topicOf,
  unfoldBody,
} from '../../../../../../src/adapters/inbound/http/payload/unfold-body.ts';

const A = { key: { id: 'A' } };
const B = { key: { id: 'B' } };

describe('unfoldBody', () => {
  it.each([
    ['the flat form', A, [{ record: A }]],
    ['a list', [A, B], [{ record: A }, { record: B }]],
    ['messages', { messages: [A, B] }, [{ record: A }, { record: B }]],
    ['messages as one object', { messages: A }, [{ record: A }]],
    ['data', { data: A }, [{ record: A }]],
    ['data as a list', { data: [A, B] }, [{ record: A }, { record: B }]],
    [
      'data.messages',
      { data: { type: 'notify', messages: [A, B] } },
      [{ record: A }, { record: B }],
    ],
    ['body', { headers: {}, body: A }, [{ record: A }]],
    ['a list of bodies', [{ body: A }, { body: B }], [{ record: A }, { record: B }]],
    ['a body that is a list', { body: [A, B] }, [{ record: A }, { record: B }]],
    ['data inside body', [{ body: { data: A } }], [{ record: A }]],
    ['an empty list before the data', { messages: [], data: A }, [{ record: A }]],
    ['what is no object between messages', [null, A, 7, 'x', B], [{ record: A }, { record: B }]],
    ['a phone beside data', { phone: '1', data: A }, [{ record: { phone: '1', data: A } }]],
    ['no object at all', 'text', []],
  ])('opens %s', (_name, body, leaves) => {
    expect(unfoldBody(body)).toEqual(leaves);
  });

  it.each(['instance_key', 'instanceKey', 'instance'])('tells the instance from %s', (field) => {
    expect(unfoldBody({ [field]: 'loja', data: A })).toEqual([{ record: A, instance: 'loja' }]);
  });

  it('prefers the instance that stands with the message', () => {
    const inner = { ...A, instance_key: 'inner' };

    expect(unfoldBody({ instance: 'outer', data: inner })).toEqual([
      { record: inner, instance: 'inner' },
    ]);
  });

  it.each([[''], [{ name: 'loja' }], ['a b'], ['x'.repeat(201)]])(
    'takes %j for no instance',
    (instance) => {
      expect(unfoldBody({ instance, data: A })).toEqual([{ record: A }]);
    },
  );

  it('hands the name of the event down', () => {
    expect(unfoldBody({ event: 'MESSAGES_UPSERT', data: { messages: [A] } })).toEqual([
      { record: A, topic: 'messages.upsert' },
    ]);
  });
});

describe('topicOf', () => {
  it.each(['messages.update', 'MESSAGES_UPDATE', 'messages-update'])(
    'spells %s one way',
    (name) => {
      expect(topicOf(name)).toBe('messages.update');
    },
  );

  it('ignores a name of absurd length', () => {
    expect(topicOf('a'.repeat(65))).toBeUndefined();
  });
});
