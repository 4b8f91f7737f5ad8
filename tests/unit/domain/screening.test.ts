import { describe, expect, it } from '@jest/globals';
import { type Alias, type Jid } from '../../../src/domain/contact.ts';
import { type GatewayEvent, type IncomingMessage } from '../../../src/domain/incoming-message.ts';
import {
  screenEvent,
  screenStored,
  type ScreeningPolicy,
  type StoredFacts,
  type StoredScreeningPolicy,
} from '../../../src/domain/screening.ts';

const NOW = 1_900_000_000_000;

const POLICY: ScreeningPolicy = {
  instance: 'megastart-1',
  ignoreFromMe: true,
  ignoredContacts: new Set(['phone:5583911112222' as Alias]),
  maxAgeMs: 21_600_000,
};

const STORED_POLICY: StoredScreeningPolicy = {
  ignoreFromMe: true,
  takeover: { takeoverMs: 3_600_000, words: { off: '#pausar', on: '#voltar' } },
};

const NOTHING_KNOWN: StoredFacts = {
  knownId: false,
  repeatedText: false,
  ownEcho: false,
  equalsLastReply: false,
  agentPaused: false,
  addresses: { phone: '5583988887777@s.whatsapp.net' as Jid },
};

function message(override: Partial<IncomingMessage> = {}): IncomingMessage {
  return {
    instance: 'megastart-1',
    id: 'A1',
    fromMe: false,
    chat: 'phone',
    identity: { phone: '5583988887777@s.whatsapp.net' as Jid },
    kind: 'text',
    text: 'Qual o preço?',
    sentAt: NOW - 1000,
    ...override,
  };
}

function event(override: Partial<IncomingMessage> = {}): GatewayEvent {
  return { type: 'message', message: message(override) };
}

describe('screenEvent', () => {
  it('stores a customer’s message', () => {
    expect(screenEvent(event(), POLICY, NOW)).toEqual({ verdict: 'store' });
  });

  it.each<[string, GatewayEvent]>([
    ['receipt', { type: 'receipt' }],
    ['connection', { type: 'connection', connected: true }],
    ['other_instance', { type: 'connection', connected: true, instance: 'megastart-2' }],
    ['no_phone_or_text', { type: 'unreadable' }],
    ['other_instance', event({ instance: 'megastart-2' })],
    ['group', event({ chat: 'group', identity: {} })],
    ['status', event({ chat: 'status', identity: {} })],
    ['newsletter', event({ chat: 'newsletter', identity: {} })],
    ['no_phone_or_text', event({ chat: 'other', identity: {} })],
    ['reaction', event({ kind: 'reaction' })],
    ['edited', event({ kind: 'edit' })],
    ['revoked', event({ kind: 'revoke' })],
    ['empty', event({ kind: 'empty' })],
    ['unsupported', event({ kind: 'unsupported' })],
    ['ignored_contact', event({ identity: { phone: '558311112222@s.whatsapp.net' as Jid } })],
  ])('ignores with %s', (reason, ignored) => {
    const policy = {
      ...POLICY,
      ignoredContacts: new Set([...POLICY.ignoredContacts, 'phone:558311112222' as Alias]),
    };

    expect(screenEvent(ignored, policy, NOW)).toEqual({ verdict: 'ignore', reason });
  });

  it('keeps an ignored contact’s number apart from its ninth digit', () => {
    const withoutNinth = event({ identity: { phone: '558391112222@s.whatsapp.net' as Jid } });
    const policy = { ...POLICY, ignoredContacts: new Set(['phone:5583991112222' as Alias]) };

    expect(screenEvent(withoutNinth, policy, NOW)).toEqual({
      verdict: 'ignore',
      reason: 'ignored_contact',
    });
  });

  it('leaves to the store what it may learn from, though the contact is ignored', () => {
    const phone = '5583911112222@s.whatsapp.net' as Jid;
    const lid = '123456789012345@lid' as Jid;

    expect(screenEvent(event({ identity: { phone, lid } }), POLICY, NOW)).toEqual({
      verdict: 'store',
    });
    expect(screenEvent(event({ identity: { phone }, fromMe: true }), POLICY, NOW)).toEqual({
      verdict: 'store',
    });
  });

  it('keeps a message that is too old for the history only', () => {
    const atLimit = screenEvent(event({ sentAt: NOW - 21_600_000 }), POLICY, NOW);
    const beyond = screenEvent(event({ sentAt: NOW - 21_600_001 }), POLICY, NOW);

    expect(atLimit).toEqual({ verdict: 'store' });
    expect(beyond).toEqual({ verdict: 'keep', reason: 'too_old' });
  });

  it('keeps a sticker for the history only', () => {
    expect(screenEvent(event({ kind: 'sticker', text: '' }), POLICY, NOW)).toEqual({
      verdict: 'keep',
      reason: 'sticker',
    });
  });

  it('keeps what the owner typed long ago for the history only', () => {
    const own = event({ fromMe: true, sentAt: NOW - 21_600_001 });

    expect(screenEvent(own, POLICY, NOW)).toEqual({ verdict: 'keep', reason: 'too_old' });
  });

  it('stores a sticker of the owner, who takes over by it', () => {
    const own = event({ fromMe: true, kind: 'sticker', text: '' });

    expect(screenEvent(own, POLICY, NOW)).toEqual({ verdict: 'store' });
  });

  it('takes any instance while none is configured', () => {
    const { instance: _instance, ...policy } = POLICY;

    expect(screenEvent(event({ instance: 'megastart-2' }), policy, NOW)).toEqual({
      verdict: 'store',
    });
  });
});

describe('screenStored', () => {
  const LONG = 'O curso de confeitaria custa R$ 497,00.';
  const KNOWN = {
    phone: '5583911112222@s.whatsapp.net' as Jid,
    lid: '123456789012345@lid' as Jid,
  };
  const IGNORED_PHONE = 'phone:5583911112222' as Alias;

  it.each<[string, Partial<IncomingMessage>, Partial<StoredFacts>]>([
    ['duplicate', {}, { knownId: true }],
    ['duplicate', {}, { repeatedText: true }],
    ['echo_recent_outbound', { text: LONG }, { equalsLastReply: true }],
    ['own_message', { fromMe: true }, { ownEcho: true }],
    ['own_message', { fromMe: true }, { knownId: true }],
  ])('ignores with %s', (reason, override, facts) => {
    const verdict = screenStored(message(override), { ...NOTHING_KNOWN, ...facts }, STORED_POLICY);

    expect(verdict).toEqual({ verdict: 'ignore', reason });
  });

  it.each<[string, Alias, Partial<IncomingMessage>]>([
    ['by its lid alone', IGNORED_PHONE, { identity: { lid: KNOWN.lid }, chat: 'lid' }],
    ['by its phone alone', 'lid:123456789012345' as Alias, { identity: { phone: KNOWN.phone } }],
    ['who is written to', IGNORED_PHONE, { fromMe: true }],
    ['who is paused for', IGNORED_PHONE, { fromMe: true, text: '#pausar' }],
  ])('ignores a contact that is known for an ignored one, %s', (_how, ignored, override) => {
    const policy = { ...STORED_POLICY, ignoredContacts: new Set([ignored]) };
    const facts = { ...NOTHING_KNOWN, addresses: KNOWN };

    const verdict = screenStored(message(override), facts, policy);

    expect(verdict).toEqual({ verdict: 'ignore', reason: 'ignored_contact' });
  });

  it('knows our echo to an ignored contact', () => {
    const ignoredContacts = new Set(['phone:5583988887777' as Alias]);
    const facts = { ...NOTHING_KNOWN, ownEcho: true };

    const policy = { ...STORED_POLICY, ignoredContacts };
    expect(screenStored(message({ fromMe: true }), facts, policy)).toEqual({
      verdict: 'ignore',
      reason: 'own_message',
    });
  });

  it('draws the line of v2.1’s echo rule at 20 characters', () => {
    const facts = { ...NOTHING_KNOWN, equalsLastReply: true };
    const below = screenStored(message({ text: ` ${'a'.repeat(19)} ` }), facts, STORED_POLICY);
    const from = screenStored(message({ text: 'a'.repeat(20) }), facts, STORED_POLICY);

    expect(below).toEqual({ verdict: 'accept' });
    expect(from).toEqual({ verdict: 'ignore', reason: 'echo_recent_outbound' });
  });

  it('takes a short text that equals our last one for what the customer says', () => {
    const facts = { ...NOTHING_KNOWN, equalsLastReply: true };

    expect(screenStored(message({ text: 'Bom dia!' }), facts, STORED_POLICY)).toEqual({
      verdict: 'accept',
    });
  });

  it('takes an own message that is no echo for a person’s', () => {
    expect(screenStored(message({ fromMe: true }), NOTHING_KNOWN, STORED_POLICY)).toEqual({
      verdict: 'person',
    });
  });

  it('takes even a short own message for an echo while own messages are answered', () => {
    const facts = { ...NOTHING_KNOWN, equalsLastReply: true };
    const own = message({ fromMe: true, text: 'Ok!' });

    expect(screenStored(own, facts, { ...STORED_POLICY, ignoreFromMe: false })).toEqual({
      verdict: 'ignore',
      reason: 'echo_recent_outbound',
    });
  });

  it('answers the owner’s own messages when asked to, but never our echo', () => {
    const policy = { ...STORED_POLICY, ignoreFromMe: false };
    const own = message({ fromMe: true });

    expect(screenStored(own, NOTHING_KNOWN, policy)).toEqual({ verdict: 'accept' });
    expect(screenStored(own, { ...NOTHING_KNOWN, ownEcho: true }, policy)).toEqual({
      verdict: 'ignore',
      reason: 'echo_recent_outbound',
    });
  });

  it('keeps what a customer writes while the agent is paused, and a repetition not even that', () => {
    const paused = { ...NOTHING_KNOWN, agentPaused: true };
    const repeated = { ...paused, repeatedText: true };

    expect(screenStored(message(), paused, STORED_POLICY)).toEqual({
      verdict: 'keep',
      reason: 'agent_paused',
    });
    expect(screenStored(message(), repeated, STORED_POLICY)).toEqual({
      verdict: 'ignore',
      reason: 'duplicate',
    });
  });

  it.each([
    ['#pausar', 'off', true],
    ['#voltar', 'on', true],
    ['#pausar', 'off', false],
  ])('takes %s from our own number for the order to switch %s', (text, agent, ignoreFromMe) => {
    const policy = { ...STORED_POLICY, ignoreFromMe };
    const facts = { ...NOTHING_KNOWN, agentPaused: agent === 'on' };

    expect(screenStored(message({ fromMe: true, text }), facts, policy)).toEqual({
      verdict: 'switch',
      agent,
    });
  });

  it('obeys neither our own echo nor a customer', () => {
    const text = '#pausar';
    const echo = { ...NOTHING_KNOWN, ownEcho: true };

    expect(screenStored(message({ fromMe: true, text }), echo, STORED_POLICY)).toEqual({
      verdict: 'ignore',
      reason: 'own_message',
    });
    expect(screenStored(message({ text }), NOTHING_KNOWN, STORED_POLICY)).toEqual({
      verdict: 'accept',
    });
  });
});
