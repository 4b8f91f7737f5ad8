import { type OpenStore } from '../support/store-under-test.ts';
import { conversationStoreContract } from './conversation-store-contract.ts';
import { deadLettersContract } from './dead-letters-contract.ts';
import { deadLettersRetryContract } from './dead-letters-retry-contract.ts';
import { dedupCacheContract } from './dedup-cache-contract.ts';
import { embeddingStoreContract } from './embedding-store-contract.ts';
import { inboxContract } from './inbox-contract.ts';
import { inboxEchoContract } from './inbox-echo-contract.ts';
import { inboxIgnoredContract } from './inbox-ignored-contract.ts';
import { inboxJoinContract } from './inbox-join-contract.ts';
import { inboxLateEchoContract } from './inbox-late-echo-contract.ts';
import { inboxRepetitionContract } from './inbox-repetition-contract.ts';
import { inboxStrangeEchoContract } from './inbox-strange-echo-contract.ts';
import { inboxTakeoverContract } from './inbox-takeover-contract.ts';
import { inboxTurnsContract } from './inbox-turns-contract.ts';
import { instanceStoreContract } from './instance-store-contract.ts';
import { knowledgeGenerationContract } from './knowledge-generation-contract.ts';
import { metricSnapshotsContract } from './metric-snapshots-contract.ts';
import { outboxContract } from './outbox-contract.ts';
import { processRegistryContract } from './process-registry-contract.ts';
import { outboxEchoEvidenceContract } from './outbox-echo-evidence-contract.ts';
import { outboxHeldContract } from './outbox-held-contract.ts';
import { outboxUnconfirmedContract } from './outbox-unconfirmed-contract.ts';
import { retentionContract } from './retention-contract.ts';
import { takeoversContract } from './takeovers-contract.ts';
import { turnLogContract } from './turn-log-contract.ts';

/** Every contract that the parts of one store keep together. */
export function storeContract(storeName: string, openEmpty: OpenStore): void {
  const contracts = [
    inboxContract,
    inboxTurnsContract,
    inboxRepetitionContract,
    inboxLateEchoContract,
    inboxEchoContract,
    inboxStrangeEchoContract,
    inboxTakeoverContract,
    inboxJoinContract,
    inboxIgnoredContract,
    outboxContract,
    outboxUnconfirmedContract,
    outboxHeldContract,
    outboxEchoEvidenceContract,
    takeoversContract,
    deadLettersContract,
    deadLettersRetryContract,
    conversationStoreContract,
    dedupCacheContract,
    instanceStoreContract,
    knowledgeGenerationContract,
    processRegistryContract,
    metricSnapshotsContract,
    embeddingStoreContract,
    turnLogContract,
    retentionContract,
  ];
  for (const contract of contracts) contract(storeName, openEmpty);
}
