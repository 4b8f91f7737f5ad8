import fc from 'fast-check';

import {
  type ArrivalBatch,
  type HandBack,
  type TurnResult,
} from '../../src/application/ports/outbound/inbox.ts';
import { type TokenUse } from '../../src/application/ports/outbound/language-model.ts';
import { type ContactReference } from '../../src/application/ports/outbound/takeovers.ts';
import { type ContactId, type Identity, type Jid } from '../../src/domain/contact.ts';
import { TURN_FAILED } from '../../src/domain/dead-letter.ts';
import { type SendOutcome } from '../../src/domain/delivery.ts';
import { type RetentionAges, retentionAges } from '../../src/domain/retention.ts';
import { aTurnResult } from '../builders/a-turn-result.ts';
import { anIncomingMessage } from '../builders/an-incoming-message.ts';

/** One step; `which` counts back from what was handed out last. */
export type StoreAction =
  | { readonly do: 'add'; readonly batch: ArrivalBatch }
  | { readonly do: 'advance'; readonly ms: number }
  | { readonly do: 'claimTurns'; readonly limit: number }
  | {
      readonly do: 'lease';
      readonly how: 'renew' | 'check' | 'commit' | 'giveBack';
      readonly which: number;
      readonly result: TurnResult;
      readonly handBack: HandBack;
      readonly spent: TokenUse;
    }
  | { readonly do: 'claimDeliveries'; readonly limit: number }
  | { readonly do: 'settle'; readonly which: number; readonly outcome: SendOutcome }
  | { readonly do: 'standing'; readonly which: number }
  | { readonly do: 'enqueue'; readonly identity: Identity; readonly parts: readonly string[] }
  | { readonly do: 'cancel'; readonly which: readonly number[] }
  | { readonly do: 'retryLetter'; readonly which: number }
  | { readonly do: 'dismissLetter'; readonly which: number }
  | { readonly do: 'pause'; readonly contact: ContactReference; readonly forMs?: number }
  | { readonly do: 'resume'; readonly contact: ContactReference }
  | { readonly do: 'reset'; readonly identity: Identity }
  | { readonly do: 'setConnected'; readonly connected: boolean }
  | { readonly do: 'beat' }
  | { readonly do: 'release' }
  | { readonly do: 'purge'; readonly ages: RetentionAges }
  | { readonly do: 'remember'; readonly key: string; readonly ttlMs: number }
  | { readonly do: 'tokens'; readonly ms: number };

const LONG = 'O curso custa R$ 350,00 à vista.';
/** Short enough for a sequence to reach: whole rows go within it, or only their texts. */
const AGES: readonly RetentionAges[] = [
  { ...retentionAges(3_600_000), rawBodyMs: 60_000, rowMs: 90_000_000 },
  retentionAges(3_600_000),
];

const texts = fc.constantFrom(
  'Oi',
  ' Oi\r\n',
  'Ok!',
  '',
  LONG,
  'Quanto custa?',
  '#pausar',
  '#voltar',
);
const replyParts = fc.constantFrom(['Ok!'], [LONG], ['Um', 'Dois'], ['Ok!', 'Ok!']);
const few = fc.integer({ min: 1, max: 3 });
const which = fc.nat({ max: 3 });

/** Two people, each known by phone in two spellings, by lid, or by both. */
const identities: fc.Arbitrary<Identity> = fc
  .record({
    person: fc.nat({ max: 1 }),
    by: fc.constantFrom('phone', 'short', 'lid', 'both'),
  })
  .map(({ person, by }) => {
    const phone = `558398888777${person}@s.whatsapp.net` as Jid;
    const short = `55838888777${person}@s.whatsapp.net` as Jid;
    const lid = `12345678901234${person}@lid` as Jid;
    if (by === 'lid') return { lid };
    if (by === 'both') return { phone, lid };
    return { phone: by === 'short' ? short : phone };
  });

const references: fc.Arbitrary<ContactReference> = fc.oneof(
  identities,
  fc.integer({ min: 1, max: 4 }).map((id) => id as ContactId),
);

const messages = fc
  .record({
    id: fc.nat({ max: 7 }),
    identity: identities,
    text: texts,
    fromMe: fc.boolean(),
    name: fc.constantFrom('Ana', 'Ana Souza'),
  })
  .map(({ id, ...rest }) =>
    anIncomingMessage({ id: `${rest.fromMe ? 'OUT' : 'MSG'}-${id}`, ...rest }),
  );

const adding = fc
  .array(
    fc.record({
      message: messages,
      isKept: fc.nat({ max: 9 }).map((draw) => draw === 0),
    }),
    { minLength: 1, maxLength: 2 },
  )
  .map((arrivals) => ({
    do: 'add' as const,
    batch: {
      body: new TextEncoder().encode('{}'),
      arrivals: arrivals.map(({ message, isKept }) =>
        isKept && !message.fromMe ? { message, keepOnly: 'too_old' as const } : { message },
      ),
    },
  }));

const results = fc
  .record({
    parts: replyParts,
    kind: fc.constantFrom('silent', 'apologised', 'answered', 'answered', 'answered'),
    evenIfNewer: fc.boolean(),
    isFlagged: fc.boolean(),
    tokensIn: fc.nat({ max: 100 }),
  })
  .map(({ parts, kind, evenIfNewer, isFlagged, tokensIn }) =>
    aTurnResult({
      outcome: kind,
      parts: kind === 'silent' ? [] : parts,
      evenIfNewer,
      record: { tokensIn },
      ...(isFlagged ? { flag: kind === 'apologised' ? TURN_FAILED : 'reclamação' } : {}),
    }),
  );

const outcomes = fc.oneof(
  fc.nat({ max: 7 }).map((id): SendOutcome => ({ kind: 'sent', gatewayId: `OUT-${id}` })),
  fc.constantFrom<SendOutcome>(
    { kind: 'not_sent', reason: 'recusado' },
    { kind: 'not_sent', reason: 'espere', retryAfterMs: 5_000 },
    { kind: 'blocked', reason: 'token' },
    { kind: 'rejected', reason: 'texto' },
    { kind: 'unknown', reason: 'silêncio' },
  ),
);

const leaseUses = fc.record({
  do: fc.constant('lease' as const),
  how: fc.constantFrom('renew', 'check', 'commit', 'commit', 'commit', 'giveBack'),
  which,
  result: results,
  handBack: fc.constantFrom<HandBack>('redo', 'shutdown', { laterMs: 5_000 }),
  spent: fc.nat({ max: 9 }).map((tokensIn) => ({ tokensIn, tokensCached: 0, tokensOut: 0 })),
});

/** Any step, the ones of a message's usual way more often. */
export const storeActions: fc.Arbitrary<StoreAction> = fc.oneof(
  { weight: 6, arbitrary: adding },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('advance' as const),
      ms: fc.constantFrom(1, 1_999, 2_000, 5_000, 12_000, 15_000, 60_000, 3_600_000, 90_000_000),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('claimTurns' as const), limit: few }) },
  { weight: 6, arbitrary: leaseUses },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('claimDeliveries' as const), limit: few }) },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('settle' as const), which, outcome: outcomes }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('standing' as const), which }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('enqueue' as const),
      identity: identities,
      parts: replyParts,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('cancel' as const),
      which: fc.array(which, { minLength: 1, maxLength: 2 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record(
      {
        do: fc.constant('pause' as const),
        contact: references,
        forMs: fc.constantFrom(5_000, 7_200_000),
      },
      { requiredKeys: ['do', 'contact'] },
    ),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('retryLetter' as const), which }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('dismissLetter' as const), which }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('resume' as const), contact: references }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reset' as const), identity: identities }) },
  { weight: 2, arbitrary: fc.constant({ do: 'beat' as const }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('purge' as const), ages: fc.constantFrom(...AGES) }),
  },
  { weight: 3, arbitrary: fc.constant({ do: 'release' as const }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('setConnected' as const), connected: fc.boolean() }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('remember' as const),
      key: fc.constantFrom('a', 'b'),
      ttlMs: fc.constantFrom(1, 5_000),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('tokens' as const), ms: fc.constant(3_600_000) }),
  },
);
