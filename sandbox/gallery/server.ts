import Fastify, { type FastifyInstance } from 'fastify';
import { buildPage, type Page } from '../console/build-page.ts';
import { pageHtml } from '../console/page-html.ts';
import { galleryContent } from './content.ts';
import { type Office, openOffice } from './office.ts';

/** Adds the page that shows all cards, to a server that sends the page's files. */
export function serveGallery(server: FastifyInstance, office: () => Promise<Office>): void {
  server.get('/gallery', (_request, reply) => reply.type('text/html').send(pageHtml('Cards')));
  server.get<{ Querystring: { lead?: string } }>('/gallery.json', async ({ query }) =>
    galleryContent(query.lead ?? 'normal', await office()),
  );
}

/** Sends the files that every page is made of. */
export function servePage(server: FastifyInstance, page: Page): void {
  server.get('/page.js', (_request, reply) => reply.type('text/javascript').send(page.script));
  server.get('/page.css', (_request, reply) => reply.type('text/css').send(page.style));
}

/** The gallery by itself: nothing else is started. */
export async function startGallery({ host, port }: { host: string; port: number }) {
  const [page, office] = await Promise.all([buildPage(), openOffice()]);
  const server = Fastify({ logger: false, forceCloseConnections: true });
  servePage(server, page);
  serveGallery(server, async () => office);
  return { url: await server.listen({ host, port }), office, close: () => server.close() };
}
