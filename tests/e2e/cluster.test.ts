import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { describeWith } from '../support/describe-with.ts';
import { EvenLoad } from '../support/even-load.ts';
import { hang } from '../support/loopback-scripts.ts';
import { NGINX } from '../support/nginx-site.ts';
import { type ClusterProcess, type Pm2Cluster } from '../support/pm2-cluster.ts';
import { eventually } from '../support/polling.ts';
import { ProductionHouse } from '../support/production-house.ts';
import { ensureBuilt } from '../support/project.ts';

/** The simulated webhook of the v2.1 guide. */
function guideWebhook(phone: string, text: string): unknown {
  return {
    messageType: 'notification',
    key: { fromMe: false, remoteJid: `${phone}@s.whatsapp.net` },
    pushName: 'Teste',
    message: { conversation: text },
  };
}

/** How often each of them occurs. */
function tally(values: readonly (string | number)[]): Readonly<Record<string, number>> {
  const groups = Object.entries(Object.groupBy(values, String));
  return Object.fromEntries(groups.map(([value, same = []]) => [value, same.length]));
}

/** Who writes at once; each of them several times a second, so that bursts and turns meet. */
const CONTACTS = 20;

describeWith(NGINX, 'the pm2 cluster behind nginx', (nginx) => {
  let house: ProductionHouse;
  let cluster: Pm2Cluster;
  let processes: readonly ClusterProcess[];

  function textsTo(phone: string): string[] {
    return house.mega.sent.filter(({ to }) => to.startsWith(phone)).map(({ text }) => text);
  }

  async function nothingLeftToDo(withinMs?: number): Promise<void> {
    const look = async (): Promise<true | undefined> => {
      const response = await house.get('/health');
      const health = (await response.json()) as { inbox_depth: number; outbox_depth: number };
      return health.inbox_depth + health.outbox_depth === 0 ? true : undefined;
    };
    await eventually('empty inbox and outbox', look, withinMs);
  }

  beforeAll(async () => {
    await ensureBuilt();
    house = await ProductionHouse.open(nginx);
    cluster = await house.startCluster();
    processes = await cluster.online(2);
  }, 120_000);

  afterAll(() => house.close(), 30_000);

  it('runs two processes, on the Node that the project brings', () => {
    expect(processes).toMatchObject([
      { status: 'online', nodeVersion: '24.21.0', restarts: 0 },
      { status: 'online', nodeVersion: '24.21.0', restarts: 0 },
    ]);
    expect(cluster.count(/"service started"/gu)).toBe(2);
  });

  describe('the guide’s smoke tests', () => {
    it('tells its health', async () => {
      const response = await house.get('/health');

      expect(response.status).toBe(200);
      expect(await response.json()).toMatchObject({
        status: 'ok',
        ai_mode: 'REAL',
        context_loaded: true,
        mega_configured: true,
      });
    });

    it('answers a message once, however often it is delivered', async () => {
      const message = guideWebhook('5583988887777', 'Qual o preço do curso?');

      const first = await house.post(house.webhook, message);
      const second = await house.post(house.webhook, message);
      await eventually('the reply', () => textsTo('5583988887777')[0]);
      await nothingLeftToDo();

      expect(await first.json()).toEqual({ status: 'processing' });
      expect(await second.json()).toEqual({ status: 'ignored', reason: 'duplicate' });
      expect(textsTo('5583988887777')).toEqual(['O curso custa R$ 100.']);
    });

    it('knows the echo of its own reply', async () => {
      const echo = await eventually('the echo’s answer', () => house.echoAnswers[0]);
      const response = await house.get('/conversation-stats?full=1', house.admin);
      const { conversations } = (await response.json()) as { conversations: object };

      expect(echo).toMatchObject({ status: 'ignored' });
      // The question and the reply; an echo taken for a person's words would be the third.
      expect(conversations).toEqual({ '5583988887777': 2 });
    });

    it('sends what is typed by hand', async () => {
      const body = { phone: '5583977776666', message: 'Seu certificado chegou.' };

      const response = await house.post('/send-message', body, house.admin);

      expect(response.status).toBe(200);
      expect(textsTo('5583977776666')).toEqual(['Seu certificado chegou.']);
    });

    it.each(['/mega-status', '/context/preview?n=1000', '/conversation-stats'])(
      'shows %s to who has the token, and to nobody else',
      async (path) => {
        const stranger = await house.get(path);
        const admin = await house.get(path, house.admin);

        expect([stranger.status, admin.status]).toEqual([401, 200]);
      },
    );

    it('reads the texts again when told to', async () => {
      const response = await house.post('/reload-context', {}, house.admin);

      expect(await response.json()).toMatchObject({ status: 'ok' });
    });
  });

  it('takes no message without the webhook’s token', async () => {
    const message = guideWebhook('5583955554444', 'Oi');

    const bare = await house.post('/webhook', message);
    const wrong = await house.post('/webhook/wrong-0123456789abcdef', message);

    expect([bare.status, wrong.status]).toEqual([401, 401]);
  });

  it('keeps tokens, texts and whole phone numbers out of every log', async () => {
    const logs = (await house.nginx.logs()) + cluster.output;

    expect(logs).toContain('POST /webhook 200');
    for (const secret of ['0123456789', '88887777', '98888-7777', 'preço', 'certificado']) {
      expect(logs).not.toContain(secret);
    }
  });

  it.each([
    ['directly', 'A', () => house.processesUrl],
    ['behind nginx', 'B', () => house.nginx.url],
  ])(
    'takes and answers every message once while pm2 replaces its processes under 100 a second, %s',
    async (_where, name, url) => {
      const old = await cluster.list();
      const textOf = (index: number): string => `Oi, sou ${name} ${index}`;
      const load = EvenLoad.start({
        url: url() + house.webhook,
        perSecond: 100,
        bodyOf: (index) => guideWebhook(`558390000${1_000 + (index % CONTACTS)}`, textOf(index)),
      });

      await cluster.reload();
      const replaced = await cluster.list();
      const outcomes = await load.end();
      await nothingLeftToDo(60_000);

      // Of each stored message: how many sent replies its turn has.
      const stored = house.rows(
        `SELECT text, (SELECT count(*) FROM outbox
                       WHERE outbox.turn_id = inbox.turn_id AND outbox.state = 'sent') AS replies
         FROM inbox WHERE author = 'customer' AND text LIKE 'Oi, sou ${name} %' ORDER BY id`,
      );
      const sent = house.rows(`SELECT count(*) AS count FROM outbox WHERE state = 'sent'`);
      expect(tally(outcomes)).toEqual({ 200: outcomes.length });
      expect(stored.map(({ text }) => text).sort()).toEqual(
        outcomes.map((_, index) => textOf(index)).sort(),
      );
      expect(tally(stored.map(({ replies }) => String(replies)))).toEqual({ 1: outcomes.length });
      expect(sent).toEqual([{ count: house.mega.sent.length }]);
      expect(outcomes.length).toBeGreaterThan(100);
      expect(replaced).toHaveLength(2);
      expect(replaced.filter(({ pid }) => old.some((process) => process.pid === pid))).toEqual([]);
    },
    90_000,
  );

  it('stops within 8 s in the middle of an answer, which its next start gives, once', async () => {
    await nothingLeftToDo();
    house.openAi.script(hang());
    const asked = house.openAi.requests.length;
    await house.post(house.webhook, guideWebhook('5583966665555', 'Tem curso de violão?'));
    await house.openAi.received(asked + 1);

    const took = await cluster.stop();
    const sentBefore = textsTo('5583966665555');
    cluster = await house.startCluster();
    await cluster.online(2);
    await eventually('the reply', () => textsTo('5583966665555')[0]);
    await nothingLeftToDo();

    expect(took).toBeLessThan(8000);
    expect(sentBefore).toEqual([]);
    expect(textsTo('5583966665555')).toEqual(['O curso custa R$ 100.']);
  }, 40_000);

  it('exits by itself when it is told to, with nothing killed', async () => {
    await cluster.stop();

    expect(cluster.count(/exited with code \[0\]/gu)).toBe(2);
    expect(cluster.output).not.toContain('SIGKILL');
  }, 20_000);
});
