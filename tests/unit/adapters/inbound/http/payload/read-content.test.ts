import { describe, expect, it } from '@jest/globals';
import { readContent } from '../../../../../../src/adapters/inbound/http/payload/read-content.ts';

function wrapped(depth: number, message: object): Record<string, unknown> {
  let layer: Record<string, unknown> = { ...message };
  for (let level = 0; level < depth; level += 1) layer = { ephemeralMessage: { message: layer } };
  return layer;
}

function flow(paramsJson: unknown): Record<string, unknown> {
  return { interactiveResponseMessage: { nativeFlowResponseMessage: { paramsJson } } };
}

describe('readContent', () => {
  it.each([
    ['conversation', { conversation: 'oi' }, 'oi'],
    ['extended text', { extendedTextMessage: { text: 'oi', matchedText: 'x' } }, 'oi'],
    [
      'extended text beside null fields',
      { conversation: null, extendedTextMessage: { text: 'oi' } },
      'oi',
    ],
    [
      'a chosen button',
      { buttonsResponseMessage: { selectedDisplayText: 'Sim', selectedButtonId: '1' } },
      'Sim',
    ],
    ['the id of a chosen button', { buttonsResponseMessage: { selectedButtonId: 'sim' } }, 'sim'],
    [
      'a template button',
      { templateButtonReplyMessage: { selectedDisplayText: 'Sim', selectedId: '1' } },
      'Sim',
    ],
    ['the id of a template button', { templateButtonReplyMessage: { selectedId: 'sim' } }, 'sim'],
    [
      'a list row by title',
      { listResponseMessage: { title: 'Violão', description: 'x' } },
      'Violão',
    ],
    ['a list row by description', { listResponseMessage: { description: 'Sextas' } }, 'Sextas'],
    [
      'a list row by id',
      { listResponseMessage: { singleSelectReply: { selectedRowId: 'r1' } } },
      'r1',
    ],
    ['an interactive body', { interactiveResponseMessage: { body: { text: 'Sim' } } }, 'Sim'],
    ['flow parameters by text', flow('{"id":"s","display_text":"Sim"}'), 'Sim'],
    ['flow parameters by title', flow('{"id":"s","title":"Sim"}'), 'Sim'],
    ['flow parameters by id', flow('{"id":"s"}'), 's'],
    ['a group invitation', { groupInviteMessage: { caption: 'Entre', groupName: 'x' } }, 'Entre'],
    ['an event', { eventMessage: { name: 'Aula', description: 'Sábado' } }, 'Aula\nSábado'],
    ['a buttons message', { buttonsMessage: { contentText: 'Escolha', buttons: [] } }, 'Escolha'],
    ['a list message', { listMessage: { title: 'Cursos', description: 'Veja' } }, 'Veja'],
    ['an interactive message', { interactiveMessage: { body: { text: 'Veja' } } }, 'Veja'],
    [
      'a template',
      { templateMessage: { hydratedTemplate: { hydratedContentText: 'Olá' } } },
      'Olá',
    ],
    [
      'a template with four rows',
      { templateMessage: { hydratedFourRowTemplate: { hydratedContentText: 'Olá' } } },
      'Olá',
    ],
  ])('reads the words of %s', (_name, message, text) => {
    expect(readContent(message)).toEqual({ kind: 'text', text });
  });

  it.each([
    ['round video', { ptvMessage: {} }, 'video', ''],
    ['video caption', { videoMessage: { caption: 'olha' } }, 'video', 'olha'],
    [
      'location name and address',
      { locationMessage: { name: 'Loja', address: 'Rua A, 1' } },
      'location',
      'Loja\nRua A, 1',
    ],
    ['live location', { liveLocationMessage: { caption: 'a caminho' } }, 'location', 'a caminho'],
    [
      'contacts',
      {
        contactsArrayMessage: { contacts: [{ displayName: 'Ana' }, null, { displayName: 'Bia' }] },
      },
      'contact',
      'Ana, Bia',
    ],
    [
      'contacts with a title',
      { contactsArrayMessage: { displayName: '2 contatos', contacts: [] } },
      'contact',
      '2 contatos',
    ],
    ['poll', { pollCreationMessage: { name: 'Dia?' } }, 'poll', 'Dia?'],
    ['second poll form', { pollCreationMessageV2: { name: 'Dia?' } }, 'poll', 'Dia?'],
    [
      'wrapped poll form',
      { pollCreationMessageV4: { message: { pollCreationMessage: { name: 'Dia?' } } } },
      'poll',
      'Dia?',
    ],
    ['fifth poll form', { pollCreationMessageV5: { name: 'Dia?' } }, 'poll', 'Dia?'],
    ['order by title', { orderMessage: { orderTitle: 'Cesta', itemCount: 1 } }, 'order', 'Cesta'],
    ['order without words', { orderMessage: { orderId: '1' } }, 'order', ''],
    [
      'product by body',
      { productMessage: { body: 'Tem?', product: { title: 'Violão' } } },
      'order',
      'Tem?',
    ],
    ['product by title', { productMessage: { product: { title: 'Violão' } } }, 'order', 'Violão'],
    ['reaction taken back', { reactionMessage: { text: '' } }, 'reaction', ''],
    ['picture above buttons', { buttonsMessage: { imageMessage: {} } }, 'image', ''],
    [
      'file above a template',
      { templateMessage: { fourRowTemplate: { documentMessage: {} } } },
      'document',
      '',
    ],
  ])('reads a %s', (_name, message, kind, text) => {
    expect(readContent(message)).toEqual({ kind, text });
  });

  it.each([
    'ephemeralMessage',
    'viewOnceMessage',
    'viewOnceMessageV2',
    'viewOnceMessageV2Extension',
    'documentWithCaptionMessage',
    'deviceSentMessage',
    'associatedChildMessage',
    'groupStatusMessage',
    'groupStatusMessageV2',
    'groupMentionedMessage',
    'botInvokeMessage',
    'lottieStickerMessage',
    'eventCoverImage',
    'statusMentionMessage',
    'groupStatusMentionMessage',
    'statusAddYours',
    'pollCreationOptionImageMessage',
    'limitSharingMessage',
    'botTaskMessage',
    'botForwardedMessage',
    'questionMessage',
    'questionReplyMessage',
  ])('opens %s', (wrapper) => {
    const message = { messageContextInfo: {}, [wrapper]: { message: { conversation: 'oi' } } };

    expect(readContent(message)).toEqual({ kind: 'text', text: 'oi' });
  });

  it('opens ten layers', () => {
    expect(readContent(wrapped(10, { conversation: 'oi' }))).toEqual({ kind: 'text', text: 'oi' });
  });

  it('gives up at the eleventh layer', () => {
    const content = readContent(wrapped(11, { conversation: 'oi' }));

    expect(content).toEqual({ kind: 'unsupported', text: '' });
  });

  it.each([
    [
      'an edit inside an envelope',
      wrapped(1, { editedMessage: { message: { conversation: 'x' } } }),
      'edit',
    ],
    ['a revoke by number', { protocolMessage: { type: 0, key: {} } }, 'revoke'],
    [
      'a revoke whose type was dropped as zero',
      { protocolMessage: { key: { id: 'A' } } },
      'revoke',
    ],
    ['another protocol notice', { protocolMessage: { type: 'EPHEMERAL_SETTING' } }, 'unsupported'],
    ['an album', { albumMessage: { expectedImageCount: 2 } }, 'unsupported'],
    ['a part that is not known', { pinInChatMessage: { type: 1 } }, 'unsupported'],
    ['a part of the wrong type', { imageMessage: 'x' }, 'unsupported'],
    ['a button without words', { buttonsResponseMessage: {} }, 'unsupported'],
    ['an invitation without words', { groupInviteMessage: { groupName: 'x' } }, 'unsupported'],
    ['an empty text', { conversation: '' }, 'empty'],
    ['a text of control characters', { conversation: '\u0000\u0003' }, 'empty'],
    ['an empty extended text', { extendedTextMessage: { text: ' ' } }, 'empty'],
    ['context alone', { messageContextInfo: { messageSecret: 'x' } }, 'empty'],
    ['an envelope without a message', { viewOnceMessageV2: {} }, 'empty'],
    ['nothing but null', { conversation: null, imageMessage: null }, 'empty'],
  ])('calls %s by its kind', (_name, message, kind) => {
    expect(readContent(message)).toEqual({ kind, text: '' });
  });

  it.each([
    ['no JSON', '{'],
    ['a list', '[]'],
    ['a string', '"Sim"'],
    ['too deep', '['.repeat(100)],
    ['too long', JSON.stringify({ id: 'a'.repeat(70_000) })],
    ['an object instead of a string', { id: 's' }],
  ])('does without flow parameters that are %s', (_name, parameters) => {
    expect(readContent(flow(parameters))).toEqual({ kind: 'unsupported', text: '' });
  });

  it('never takes quoted words for the contact’s own', () => {
    const quoting = { stanzaId: 'Q1', quotedMessage: { conversation: 'R$ 1' } };
    const message = { imageMessage: { contextInfo: quoting } };

    expect(readContent(message)).toEqual({ kind: 'image', text: '', quotedId: 'Q1' });
  });

  it('takes words before an envelope that stands beside them', () => {
    const message = { conversation: 'oi', ephemeralMessage: { message: { conversation: 'x' } } };

    expect(readContent(message)).toEqual({ kind: 'text', text: 'oi' });
  });

  it('leaves out media fields that are too long, no strings or out of range', () => {
    const message = {
      audioMessage: {
        mimetype: 'a'.repeat(201),
        mediaKey: { 0: 1 },
        directPath: '/a\u0000b',
        URL: 'https://mmg.whatsapp.net/a',
        fileName: 'a\r\nb.ogg',
        seconds: 86_401,
      },
    };

    expect(readContent(message)).toEqual({
      kind: 'audio',
      text: '',
      media: { url: 'https://mmg.whatsapp.net/a', fileName: 'a b.ogg' },
    });
  });
});
