import Fastify, { type FastifyReply } from 'fastify';
import { type Office, openOffice } from '../gallery/office.ts';
import { serveGallery, servePage } from '../gallery/server.ts';
import { actSchema, perform } from './acts.ts';
import { followApp } from './app-news.ts';
import type { Page } from './build-page.ts';
import { readDecisions } from './decisions.ts';
import { followHubSpot } from './hubspot-news.ts';
import { journal as createJournal } from './journal.ts';
import { followMail } from './mail-news.ts';
import { pageHtml } from './page-html.ts';
import { followSlack } from './slack-news.ts';
import { consoleState } from './state.ts';
import { followTeams } from './teams-news.ts';
import { tour } from './tour.ts';
import { timeWords, type World } from './world.ts';

export type Console = {
  url: string;
  close: () => Promise<void>;
};

/** Changes come in bursts; the page gets them as one. */
const gatherMs = 20;
/** Also when nothing changes: working hours begin and end by themselves. */
const heartbeatMs = 15_000;

/** Serves the page, tells it of every change, and does what is clicked on it. */
export async function startConsole(options: {
  host: string;
  port: number;
  page: Page;
  databaseUrl: string;
  world: World;
}): Promise<Console> {
  const { world, page } = options;
  const readers = new Set<FastifyReply>();
  const decisions = await readDecisions(options.databaseUrl);
  let gathering: NodeJS.Timeout | undefined;

  const changed = () => {
    gathering ??= setTimeout(() => {
      gathering = undefined;
      const event = nextEvent();
      for (const reader of readers) reader.raw.write(event);
    }, gatherMs);
  };
  const journal = createJournal(world.clock.now, changed);
  followHubSpot(world, journal);
  followSlack(world, journal);
  followTeams(world, journal);
  followMail(world, journal);
  const steps = tour(world, journal);
  const appNews = followApp(world, journal, decisions);
  world.hubspot.onChange(changed);
  world.slack.onChange(changed);
  world.teams.onChange(changed);
  const heartbeat = setInterval(changed, heartbeatMs);

  const nextEvent = () =>
    `data: ${JSON.stringify(consoleState(world, { journal, appNews, tour: steps }))}\n\n`;

  const server = Fastify({ logger: false, forceCloseConnections: true });
  servePage(server, page);
  server.get('/', (_request, reply) => reply.type('text/html').send(pageHtml('Sandbox')));
  let office: Promise<Office> | undefined;
  serveGallery(server, () => {
    office ??= openOffice();
    return office;
  });
  server.get('/events', (request, reply) => {
    reply.hijack();
    reply.raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    reply.raw.write(nextEvent());
    readers.add(reply);
    request.raw.once('close', () => readers.delete(reply));
  });
  // JSON only, so that no other site's form can act here.
  server.post('/acts', async (request, reply) => {
    const act = actSchema.safeParse(request.body);
    if (!act.success) return reply.code(400).send({ problem: act.error.message });
    if (act.data.act === 'beginAnew' && world.beginAnew) reply.raw.once('finish', world.beginAnew);
    const outcome = await perform(act.data, world, journal);
    changed();
    return outcome;
  });

  const close = async () => {
    clearInterval(heartbeat);
    clearTimeout(gathering);
    await server.close();
    await decisions.close();
  };
  journal.add('Clock', `The week begins: ${timeWords(world.clock.now())} in New York`);
  try {
    return { url: await server.listen({ host: options.host, port: options.port }), close };
  } catch (error) {
    await close();
    throw error;
  }
}
