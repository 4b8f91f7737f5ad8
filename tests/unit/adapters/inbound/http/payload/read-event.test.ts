import { describe, expect, it } from '@jest/globals';
import { readEvent } from '../../../../../../src/adapters/inbound/http/payload/read-event.ts';
import { aWebhookBody } from '../../../../../builders/a-webhook-body.ts';

const ANA = '558388887777@s.whatsapp.net';
const KEY = { remoteJid: ANA, fromMe: false, id: 'A1' };
const FLAT = { fromMe: false, chat: 'phone', identity: { phone: ANA }, kind: 'text', text: 'oi' };

function read(record: Record<string, unknown>, topic?: string): unknown {
  return readEvent(topic === undefined ? { record } : { record, topic });
}

describe('readEvent', () => {
  it.each(['messages.update', 'message.receipt.update', 'messages.receipt.update', 'onack'])(
    'takes %s for a receipt',
    (topic) => {
      expect(read({ key: KEY, status: 'READ' }, topic)).toEqual({ type: 'receipt' });
    },
  );

  it('takes an ack of Mega for a receipt, whatever it says of the message', () => {
    expect(read({ ...aWebhookBody(), messageType: 'message.ack' })).toEqual({ type: 'receipt' });
  });

  it.each([
    ['with a status', { key: KEY, update: { status: 3 } }],
    ['with a status, whatever message comes along', { ...aWebhookBody(), update: { status: 4 } }],
    ['of something else', { key: KEY, update: { starred: true } }],
  ])('takes an update %s for a receipt', (_name, record) => {
    expect(read(record)).toEqual({ type: 'receipt' });
  });

  it.each([
    ['a revoke', { messageStubType: 'REVOKE', message: null }, 'revoke'],
    ['an edit', { message: { editedMessage: { message: { conversation: 'x' } } } }, 'edit'],
    ['a revoke notice', { message: { protocolMessage: { type: 0 } } }, 'revoke'],
  ])('reads %s out of an update', (_name, update, kind) => {
    expect(read({ key: KEY, update }, 'messages.update')).toEqual({
      type: 'message',
      message: { ...FLAT, id: 'A1', kind, text: '' },
    });
  });

  it('takes an update that repeats the text for a receipt', () => {
    const update = { message: { conversation: 'oi' } };

    expect(read({ key: KEY, update }, 'messages.update')).toEqual({ type: 'receipt' });
  });

  it('reads an edit from the name of the event', () => {
    const record = { key: KEY, message: { conversation: 'novo' } };

    expect(read(record, 'messages.edited')).toHaveProperty('message.kind', 'edit');
  });

  it('calls a deletion without an address unreadable', () => {
    expect(read({ id: 'A1' }, 'messages.delete')).toEqual({ type: 'unreadable' });
  });

  it.each([
    [{ state: 'open' }, true],
    [{ connection: 'OPEN' }, true],
    [{ status: 'connected' }, true],
    [{ connected: true }, true],
    [{ state: 'close' }, false],
    [{ message: 'phone_disconnected' }, false],
    [{ message: { phone_connected: true } }, false],
    [{}, false],
  ])('tells from %j whether the phone is connected', (record, connected) => {
    expect(read(record, 'connection.update')).toEqual({ type: 'connection', connected });
  });

  it.each(['lixo', '0@s.whatsapp.net', '1@g.us', 7])('takes %j for no address of ours', (jid) => {
    expect(read({ message: 'phone_connected', jid }, 'connection.update')).toEqual({
      type: 'connection',
      connected: true,
    });
  });

  it('calls a code to scan a lost connection', () => {
    expect(read({ qrcode: {} }, 'qrcode.updated')).toEqual({
      type: 'connection',
      connected: false,
    });
  });

  it.each([
    ['without any message', { key: KEY }],
    ['with a null message', { key: KEY, message: null }],
    ['with an empty message', { key: KEY, message: {} }],
    ['with nothing but null fields', { key: KEY, message: { conversation: null } }],
    ['whose stub says nothing', { key: KEY, message: null, messageStubType: 0 }],
    ['with a list for a message', { key: KEY, message: ['oi'] }],
    ['with an empty string', { phone: '558388887777', message: '' }],
    ['with white space', { phone: '558388887777', message: ' \u0000 ' }],
    ['without a contact', { message: { conversation: 'oi' } }],
    ['with the top-level jid alone', { jid: ANA, message: { conversation: 'oi' } }],
    ['with an Evolution sender alone', { sender: ANA, message: { conversation: 'oi' } }],
  ])('calls an entry %s unreadable', (_name, record) => {
    expect(read(record)).toEqual({ type: 'unreadable' });
  });

  it.each([
    ['text', { phone: '558388887777', text: 'oi' }],
    ['text in an object', { phone: '558388887777', text: { message: 'oi' } }],
    ['body', { from: ANA, body: 'oi' }],
    ['a conversation in an object', { phone: '558388887777', message: { conversation: 'oi' } }],
    ['a body in an object', { phone: '558388887777', message: { body: 'oi' } }],
    ['a phone as a number', { phone: 558388887777, message: 'oi' }],
    ['a remoteJid without a key', { remoteJid: ANA, message: 'oi' }],
    ['a chatId', { chatId: ANA, body: 'oi' }],
    ['a type that says text', { from: ANA, body: 'oi', type: 'chat' }],
  ])('reads the flat form with %s', (_name, record) => {
    expect(read(record)).toEqual({ type: 'message', message: FLAT });
  });

  it('reads a plain string beside a key', () => {
    expect(read({ key: KEY, message: 'oi' })).toEqual({
      type: 'message',
      message: { ...FLAT, id: 'A1' },
    });
  });

  it('takes the receiver for the contact of an own flat message', () => {
    const record = {
      from: '5583999990000@c.us',
      to: '558388887777@c.us',
      body: 'oi',
      fromMe: true,
    };

    expect(read(record)).toEqual({ type: 'message', message: { ...FLAT, fromMe: true } });
  });

  it.each(['isGroup', 'isGroupMsg'])('believes a flat message that says %s', (field) => {
    const record = { phone: '558388887777', message: 'oi', [field]: true };

    expect(read(record)).toEqual({
      type: 'message',
      message: { ...FLAT, chat: 'group', identity: {} },
    });
  });

  it.each([
    ['image', 'image'],
    ['video', 'video'],
    ['audio', 'audio'],
    ['ptt', 'audio'],
    ['document', 'document'],
    ['sticker', 'sticker'],
    ['location', 'location'],
    ['vcard', 'contact'],
    ['order', 'order'],
  ])('takes a flat %s for its kind, and never its bytes for words', (type, kind) => {
    expect(read({ from: ANA, body: '/9j/4AAQ', type, caption: 'olha' })).toEqual({
      type: 'message',
      message: { ...FLAT, kind, text: 'olha' },
    });
  });

  it.each(['text', 'conversation', 'body', 'message', 'caption'])(
    'reads the words of a flat message from %s',
    (field) => {
      expect(read({ from: ANA, [field]: 'oi' })).toEqual({ type: 'message', message: FLAT });
    },
  );

  it.each(['id', 'messageId', 'keyId'])('reads the id of a flat message from %s', (field) => {
    expect(read({ from: ANA, body: 'oi', [field]: 'A1' })).toHaveProperty('message.id', 'A1');
  });

  it.each(['messageTimestamp', 't', 'timestamp', 'momment'])(
    'reads the time of a flat message from %s',
    (field) => {
      const record = { from: ANA, body: 'oi', [field]: 1_789_473_600 };

      expect(read(record)).toHaveProperty('message.sentAt', 1_789_473_600_000);
    },
  );

  it.each([true, 'true', 1])('takes a fromMe of %j for an own message', (fromMe) => {
    const record = { ...aWebhookBody({ key: { ...KEY, fromMe } }) };

    expect(read(record)).toHaveProperty('message.fromMe', true);
  });

  it('takes a fromMe beside the key for an own message', () => {
    expect(read({ ...aWebhookBody(), fromMe: true })).toHaveProperty('message.fromMe', true);
  });

  it.each([
    ['seconds', 1_789_473_600, 1_789_473_600_000],
    ['seconds as a string', '1789473600', 1_789_473_600_000],
    ['milliseconds', 1_789_473_600_123, 1_789_473_600_123],
    ['halves', { low: 1_789_473_600, high: 0, unsigned: true }, 1_789_473_600_000],
    ['the first second that can be', 1_230_768_000, 1_230_768_000_000],
  ])('reads the time of writing from %s', (_name, messageTimestamp, sentAt) => {
    const record = { ...aWebhookBody({ messageTimestamp }) };

    expect(read(record)).toHaveProperty('message.sentAt', sentAt);
  });

  it.each([0, -5, 1_230_767_999, 999_999_999_999, 4_102_444_800_001, 1e300, 'ontem', null])(
    'does without the impossible time %j',
    (messageTimestamp) => {
      const record = { ...aWebhookBody({ messageTimestamp }) };

      expect(read(record)).not.toHaveProperty('message.sentAt');
    },
  );

  it.each([[''], ['a b'], ['a'.repeat(201)], [7], [{ id: 'A1' }]])(
    'does without the impossible id %j',
    (id) => {
      const record = { ...aWebhookBody({ key: { ...KEY, id } }) };

      expect(read(record)).not.toHaveProperty('message.id');
    },
  );

  it('falls back on the business name', () => {
    const record = { ...aWebhookBody({ pushName: ' ' }), verifiedBizName: 'Padaria\nCentral' };

    expect(read(record)).toHaveProperty('message.name', 'Padaria Central');
  });
});
