import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import request from 'supertest';

import { loadConfig } from '../../../src/infrastructure/config.ts';
import { Service } from '../../../src/infrastructure/service.ts';
import { eventually } from '../../support/polling.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** As Notepad of an old Windows saves it. */
function notepad(file: string, text: string): void {
  writeFileSync(file, text.replaceAll('\n', '\r\n'), 'latin1');
}

const BATH = 'BANHO E TOSA\n\nPreço do banho: R$ 55,00\nNão é preciso marcar horário.\n';
const QUESTIONS = 'P: Quanto custa o banho?\ndeve conter: 55 reais\nnão deve conter: R$ 5,50\n';

describe('a shop owner who mistypes a price, with KNOWLEDGE_GATE=block', () => {
  let scratch: ReturnType<typeof temporaryFolder>;
  let texts: string;
  let service: Service;
  let asked: number;

  beforeEach(async () => {
    scratch = temporaryFolder();
    texts = join(scratch.folder, 'textos');
    mkdirSync(texts);
    notepad(join(texts, 'banho.txt'), BATH);
    notepad(join(texts, 'banho.perguntas.txt'), QUESTIONS);
    asked = 0;
    service = await Service.start(
      loadConfig({
        API_HOST: '127.0.0.1',
        API_PORT: '0',
        DATABASE_URL: `file:${join(scratch.folder, 'agent.db')}`,
        RAG_DIR: texts,
        RAG_AUTO_RELOAD: '0',
        KNOWLEDGE_GATE: 'block',
        LOG_LEVEL: 'error',
        REPLY_QUIET: '0',
      }),
      () => undefined,
    );
  });
  afterEach(async () => {
    await service.stop();
    scratch.remove();
  });

  function http(): ReturnType<typeof request> {
    return request(`http://127.0.0.1:${service.port}`);
  }

  /** What a new customer is answered. */
  async function answerTo(text: string): Promise<string> {
    asked += 1;
    const number = `55839888877${String(asked).padStart(2, '0')}`;
    await http()
      .post('/webhook')
      .send({
        messageType: 'notification',
        key: { fromMe: false, remoteJid: `${number}@s.whatsapp.net`, id: `M${asked}` },
        message: { conversation: text },
      });
    return eventually('the reply', async () => {
      const listing = await http().get('/sandbox/messages');
      const { messages } = listing.body as { messages: { to: string; text: string }[] };
      return messages.find(({ to }) => to.startsWith(number))?.text;
    });
  }

  it('has the old price answered until it is mended, and is told where and why', async () => {
    expect(await answerTo('qto é o banho?')).toContain('R$ 55,00');

    notepad(join(texts, 'banho.txt'), BATH.replace('R$ 55,00', 'R$ 5,50'));
    const refused = await http().post('/reload-context');

    expect(refused.status).toBe(409);
    const { questions } = refused.body as { questions: { failures: { message: string }[] } };
    expect(questions.failures.map(({ message }) => message)).toEqual([
      'a pergunta "Quanto custa o banho?" devia encontrar "55 reais" e não encontrou; o que aparece é R$ 5,50 (banho.txt, linha 3)',
      'a pergunta "Quanto custa o banho?" encontrou "R$ 5,50", que não pode aparecer (banho.txt, linha 3); corrija esse arquivo',
    ]);
    const health = await http().get('/health');
    expect(health.body).toMatchObject({ knowledge: { questions_failed: 1, change_refused: true } });
    expect(await answerTo('qto é o banho?')).toContain('R$ 55,00');

    notepad(join(texts, 'banho.txt'), BATH.replace('R$ 55,00', 'R$ 60,00'));
    notepad(join(texts, 'banho.perguntas.txt'), QUESTIONS.replace('55 reais', 'sessenta reais'));
    const taken = await http().post('/reload-context');

    expect(taken.status).toBe(200);
    expect(await answerTo('qto é o banho?')).toContain('R$ 60,00');
  }, 30_000);

  it('learns what customers asked in vain, without their numbers', async () => {
    await answerTo('Vocês buscam o cachorro em casa? Liga no (83) 98888-7777');
    await answerTo('vcs buscam cachorro em casa??');
    await answerTo('qto é o banho?');

    const health = await http().get('/context/health');

    expect(health.status).toBe(200);
    expect(health.body).toMatchObject({
      notices: [],
      questions: { checked: 1, failed: 0 },
      unanswered: {
        days: 30,
        count: 2,
        questions: [
          { question: 'vcs buscam cachorro em casa??', count: 1 },
          { question: 'Vocês buscam o cachorro em casa? Liga no [número]', count: 1 },
        ],
      },
    });
    expect(readFileSync(join(texts, 'banho.txt'), 'latin1')).toContain('Não é');
  }, 30_000);
});
