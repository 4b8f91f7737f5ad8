import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { FilesystemKnowledgeStore } from '../../../src/adapters/outbound/filesystem/filesystem-knowledge-store.ts';
import { knowledgeGateContract } from '../../contracts/knowledge-gate-contract.ts';
import {
  knowledgeStoreContract,
  type KnowledgeStoreUnderTest,
} from '../../contracts/knowledge-store-contract.ts';
import { InMemoryKnowledgeStore } from '../../doubles/in-memory-knowledge-store.ts';
import { ManualClock } from '../../doubles/manual-clock.ts';
import { openKnowledgeFolder } from '../../support/knowledge-folder.ts';

knowledgeStoreContract('InMemoryKnowledgeStore', openInMemoryStore);
knowledgeGateContract('InMemoryKnowledgeStore', openInMemoryStore);
knowledgeStoreContract('FilesystemKnowledgeStore', openFilesystemStore);
knowledgeGateContract('FilesystemKnowledgeStore', openFilesystemStore);

function openInMemoryStore(contextTokens: number): Promise<KnowledgeStoreUnderTest> {
  const store = new InMemoryKnowledgeStore(contextTokens);
  const later = (change: () => void): Promise<void> => Promise.resolve().then(change);
  return Promise.resolve({
    store,
    put: (path, text) =>
      later(() => {
        store.put(path, text);
      }),
    remove: (path) =>
      later(() => {
        store.remove(path);
      }),
    breakDown: () =>
      later(() => {
        store.failWith('A pasta sumiu');
      }),
    close: () => Promise.resolve(),
  });
}

async function openFilesystemStore(contextTokens: number): Promise<KnowledgeStoreUnderTest> {
  const folder = await openKnowledgeFolder();
  const store = new FilesystemKnowledgeStore({
    folder: folder.path,
    personaFile: join(folder.path, 'persona.md'),
    contextTokens,
    clock: new ManualClock(),
    settleMs: 3000,
  });
  const away = `${folder.path}-away`;
  return {
    store,
    put: (path, text) => folder.write(path, text),
    remove: (path) => rm(join(folder.path, path)),
    breakDown: () => rename(folder.path, away),
    async close() {
      await rm(away, { recursive: true, force: true });
      await folder.close();
    },
  };
}
