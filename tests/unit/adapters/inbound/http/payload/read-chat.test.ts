import { describe, expect, it } from '@jest/globals';
import {
  readFlatChat,
  readKeyedChat,
} from '../../../../../../src/adapters/inbound/http/payload/read-chat.ts';

const PHONE = '558388887777@s.whatsapp.net';
const LID = '123456789012345@lid';

describe('readKeyedChat', () => {
  it.each([
    ['a phone jid', { remoteJid: PHONE }, 'phone', { phone: PHONE }],
    ['the old server name', { remoteJid: '558388887777@c.us' }, 'phone', { phone: PHONE }],
    ['a device suffix', { remoteJid: '558388887777:12@s.whatsapp.net' }, 'phone', { phone: PHONE }],
    ['bare digits', { remoteJid: '558388887777' }, 'phone', { phone: PHONE }],
    [
      'bare digits that are marked as a lid',
      { remoteJid: '1234567890123', addressingMode: 'lid' },
      'lid',
      { lid: '1234567890123@lid' },
    ],
    ['a lid', { remoteJid: LID }, 'lid', { lid: LID }],
    [
      'a lid with remoteJidAlt',
      { remoteJid: LID, remoteJidAlt: PHONE },
      'lid',
      { phone: PHONE, lid: LID },
    ],
    [
      'a lid with a bare remoteJidAlt',
      { remoteJid: LID, remoteJidAlt: '558388887777' },
      'lid',
      { phone: PHONE, lid: LID },
    ],
    [
      'a lid with a bare senderPn',
      { remoteJid: LID, senderPn: '558388887777' },
      'lid',
      { phone: PHONE, lid: LID },
    ],
    [
      'a phone with a bare senderLid',
      { remoteJid: PHONE, senderLid: '123456789012345' },
      'phone',
      { phone: PHONE, lid: LID },
    ],
    [
      'a phone with a bare remoteJidAlt, which is then a lid',
      { remoteJid: PHONE, remoteJidAlt: '12345678901234' },
      'phone',
      { phone: PHONE, lid: '12345678901234@lid' },
    ],
    [
      'alternatives alone',
      { senderPn: PHONE, senderLid: LID },
      'phone',
      { phone: PHONE, lid: LID },
    ],
    ['an alternative that is a group', { remoteJid: LID, senderPn: '1@g.us' }, 'lid', { lid: LID }],
    [
      'a second phone, which is not believed',
      { remoteJid: PHONE, senderPn: '5511977776666' },
      'phone',
      { phone: PHONE },
    ],
    ['a group', { remoteJid: '120363041234567890@g.us', senderPn: PHONE }, 'group', {}],
    ['the status list', { remoteJid: 'status@broadcast', senderPn: PHONE }, 'status', {}],
    ['a newsletter', { remoteJid: '1203@newsletter' }, 'newsletter', {}],
    ['the system', { remoteJid: '0@s.whatsapp.net' }, 'other', {}],
    ['Meta AI', { remoteJid: '13135550002@c.us' }, 'other', {}],
  ])('reads %s', (_name, key, chat, identity) => {
    expect(readKeyedChat(key, false)).toEqual({ chat, identity });
  });

  it.each([
    ['nothing', {}],
    ['an empty jid', { remoteJid: '' }],
    ['a jid without a name', { remoteJid: '@s.whatsapp.net' }],
    ['a number', { remoteJid: 558388887777 }],
    ['bare digits as long as a lid', { remoteJid: '12345678901234' }],
    ['a bare alternative of unknown kind', { remoteJidAlt: '558388887777' }],
    ['words', { remoteJid: 'ana' }],
    ['a jid of absurd length', { remoteJid: `${'1'.repeat(200)}@lid` }],
    ['bare letters marked as a lid', { remoteJid: 'abc', addressingMode: 'lid' }],
  ])('finds nobody in %s', (_name, key) => {
    expect(readKeyedChat(key, false)).toBeUndefined();
  });

  it('does not read the alternatives of an own message, which name the account owner', () => {
    const key = { remoteJid: LID, remoteJidAlt: PHONE, senderPn: PHONE, senderLid: '99@lid' };

    expect(readKeyedChat(key, true)).toEqual({ chat: 'lid', identity: { lid: LID } });
  });
});

describe('readFlatChat', () => {
  it.each([
    ['+55 (83) 8888-7777', 'phone', { phone: PHONE }],
    ['558388887777@c.us', 'phone', { phone: PHONE }],
    [LID, 'lid', { lid: LID }],
    ['120363041234567890@g.us', 'group', {}],
  ])('reads %s', (address, chat, identity) => {
    expect(readFlatChat(address)).toEqual({ chat, identity });
  });

  it.each([undefined, 'ana', '12', '5'.repeat(60), `558388887777${' '.repeat(60)}`])(
    'finds nobody in %j',
    (address) => {
      expect(readFlatChat(address)).toBeUndefined();
    },
  );
});
