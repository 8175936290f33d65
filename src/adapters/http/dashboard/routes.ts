import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { languageOf, type Words, wordsIn } from '../../../domain/words/words.ts';
import type { Dashboard, Shown, Visit } from '../../../flow/ports/dashboard.ts';
import { attempts } from './attempts.ts';
import { blockOf, footOf } from './blocks.ts';
import { noticeDocument, pageDocument, refreshSecondsOf, wallDocument } from './document.ts';
import { fileOf } from './file-of.ts';
import { html } from './html.ts';
import { stylesheet } from './stylesheet.ts';

type Refused = Exclude<Shown, { kind: 'page' }>;

type Needs = {
  dashboard: Dashboard;
  /** Under which browsers reach the bot. */
  publicUrl: string;
  clock: () => Date;
};

/** What a browser may do with a page: nothing but show it, with our stylesheet, and post to us. */
const headers = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  // The path of a link from chat is a secret; where it leads to, only our name is told, which posts are checked by.
  'referrer-policy': 'strict-origin',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'x-robots-tag': 'noindex, nofollow',
} as const;

/** So many tokens that are none are looked up a minute: nobody guesses one of 256 bits, and nobody keeps us busy with it. */
const mostAttempts = 60;

/** A form of ours is a few words. */
const formLimitBytes = 4096;

/** The dashboard's addresses: pages without a script, for whoever has a session, a link from chat, or a board's address. */
export function dashboardRoutes({ dashboard, publicUrl, clock }: Needs): (server: FastifyInstance) => void {
  const { gate } = dashboard;
  const { origin, protocol, pathname } = new URL(publicUrl);
  const base = pathname.replace(/\/$/, '');
  const site = { root: `${base}/dashboard` };
  const isSecure = protocol === 'https:';
  const cookieName = isSecure ? '__Host-handoff' : 'handoff';
  const limited = attempts(mostAttempts, clock);

  const cookie = (value: string, seconds: number) =>
    `${cookieName}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;

  const sessionOf = ({ headers }: FastifyRequest): string | null => {
    const pairs = (headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='));
    return pairs.find(([name]) => name === cookieName)?.[1] ?? null;
  };

  const send = (reply: FastifyReply, status: number, text: string) =>
    reply.code(status).headers(headers).type('text/html; charset=utf-8').send(text);

  /** Of somebody of whom it is not known who they are: those of their browser. */
  const wordsOf = ({ headers }: FastifyRequest): Words => {
    const asked = (headers['accept-language'] ?? '')
      .split(',')
      .map((one) => languageOf(one.trim().split(';')[0]));
    return wordsIn(asked.find((language) => language !== null) ?? gate.languageOfStrangers());
  };

  type Notice = 'signIn' | 'over' | 'busy' | 'foreign' | 'unknown' | 'forbidden';
  const notice = (reply: FastifyReply, status: number, what: Notice, words: Words) => {
    const [title, text] = [words.text(`dashboard.${what}Title`), words.text(`dashboard.${what}Text`)];
    const action =
      what === 'unknown' || what === 'forbidden'
        ? html`<p><a href="${site.root}">${words.text('dashboard.toOverview')}</a></p>`
        : html``;
    return send(reply, status, noticeDocument({ title, text, words, action }, site));
  };

  /** Looks a token up, unless too many were none lately. */
  const tried = async <T>(look: () => Promise<T | null>): Promise<T | 'busy' | null> => {
    if (limited.isOver()) return 'busy';
    const found = await look();
    if (found === null) limited.failed();
    return found;
  };

  const visiting =
    (then: (visit: Visit, request: FastifyRequest, reply: FastifyReply) => Promise<unknown>) =>
    async (request: FastifyRequest, reply: FastifyReply) => {
      const session = sessionOf(request);
      const visit = session && (await tried(() => gate.visit(session)));
      if (visit === 'busy') return notice(reply, 429, 'busy', wordsOf(request));
      return visit ? then(visit, request, reply) : notice(reply, 401, 'signIn', wordsOf(request));
    };

  const refused = (reply: FastifyReply, shown: Refused, words: Words) => {
    if (shown.kind === 'unknown') return notice(reply, 404, 'unknown', words);
    if (shown.kind === 'forbidden') return notice(reply, 403, 'forbidden', words);
    const { name, value, expected } = shown;
    const title = words.text('dashboard.wrongTitle');
    const text = words.text('dashboard.wrongText', { name, value, expected });
    const action = html`<p><a href="${site.root}">${words.text('dashboard.toOverview')}</a></p>`;
    return send(reply, 400, noticeDocument({ title, text, words, action }, site));
  };

  const show = async (visit: Visit, name: string, request: FastifyRequest, reply: FastifyReply) => {
    const query = queryOf(request);
    const isFile = name.endsWith('.csv');
    const shown = await dashboard.show(visit, isFile ? name.slice(0, -'.csv'.length) : name, query);
    if (shown.kind !== 'page') return refused(reply, shown, visit.words);
    if (isFile) {
      const table = shown.blocks.find(
        (one) => 'name' in one && one.kind !== 'search' && one.name === query.get('table'),
      );
      if (!shown.mayExport) return refused(reply, { kind: 'forbidden' }, visit.words);
      if (table?.kind !== 'table' && table?.kind !== 'grid')
        return refused(reply, { kind: 'unknown' }, visit.words);
      return reply
        .headers({
          ...headers,
          'content-disposition': `attachment; filename="${shown.name}-${table.name}.csv"`,
        })
        .type('text/csv; charset=utf-8')
        .send(fileOf(table));
    }
    const around = { page: shown, visit, site };
    const main = html`${await Promise.all(shown.blocks.map((block) => blockOf(block, around)))}`;
    const parts = { main, foot: footOf(around) };
    if (visit.reader.role !== 'board') return send(reply, 200, pageDocument(shown, visit, parts, site));
    const seconds = refreshSecondsOf(shown);
    if (seconds !== null) reply.header('refresh', seconds);
    return send(reply, 200, wallDocument(shown, visit, parts, site));
  };

  return (server) => {
    const posts = {
      bodyLimit: formLimitBytes,
      onRequest: async (request: FastifyRequest, reply: FastifyReply) => {
        if (!isOwn(request, origin)) await notice(reply, 403, 'foreign', wordsOf(request));
      },
    };

    server.get('/dashboard/style/:name', async (request, reply) => {
      const { name } = request.params as { name: string };
      if (name !== stylesheet.name) return notice(reply, 404, 'unknown', wordsOf(request));
      return reply
        .headers({
          'cache-control': 'public, max-age=31536000, immutable',
          'x-content-type-options': 'nosniff',
        })
        .type('text/css; charset=utf-8')
        .send(stylesheet.text);
    });

    // To look at it does not use it up: chats open links to show what is behind them.
    server.get('/dashboard/enter/:token', (request, reply) => {
      const words = wordsOf(request);
      const { token } = request.params as { token: string };
      const action = html`<form method="post" action="${site.root}/enter/${encodeURIComponent(token)}"><button class="primary">${words.text('dashboard.enter')}</button></form>`;
      const [title, text] = [words.text('dashboard.enterTitle'), words.text('dashboard.enterText')];
      return send(reply, 200, noticeDocument({ title, text, words, action }, site));
    });
    server.post('/dashboard/enter/:token', posts, async (request, reply) => {
      const { token } = request.params as { token: string };
      const session = await tried(() => gate.enter(token));
      if (session === 'busy') return notice(reply, 429, 'busy', wordsOf(request));
      if (!session) return notice(reply, 401, 'over', wordsOf(request));
      return reply
        .headers({ ...headers, 'set-cookie': cookie(session.token, session.seconds) })
        .redirect(site.root, 303);
    });
    server.post('/dashboard/sign-out', posts, async (request, reply) => {
      const session = sessionOf(request);
      if (session) await gate.leave(session);
      reply.header('set-cookie', cookie('', 0));
      return notice(reply, 200, 'signIn', wordsOf(request));
    });

    server.get('/dashboard/board/:token', async (request, reply) => {
      const { token } = request.params as { token: string };
      const visit = await tried(() => gate.board(token));
      if (visit === 'busy') return notice(reply, 429, 'busy', wordsOf(request));
      return visit ? show(visit, 'board', request, reply) : notice(reply, 401, 'over', wordsOf(request));
    });
    server.post(
      '/dashboard/boards',
      posts,
      visiting(async (visit, request, reply) => {
        const { words } = visit;
        const asked = formOf(request);
        const days = Number(asked.get('days'));
        if (!Number.isInteger(days) || days < 1 || days > 366) {
          const wrong = { name: 'days', value: asked.get('days') ?? '', expected: '1–366' };
          return refused(reply, { kind: 'wrong', ...wrong }, words);
        }
        const address = await gate.makeBoard(visit, { team: asked.get('team') || null, days });
        if (!address) return notice(reply, 403, 'forbidden', words);
        const action = html`<p><input class="address" readonly value="${address}" aria-label="${words.text('dashboard.address')}"></p><p><a href="${site.root}/boards">${words.text('dashboard.toBoards')}</a></p>`;
        const [title, text] = [words.text('dashboard.boardMadeTitle'), words.text('dashboard.boardMadeText')];
        return send(reply, 200, noticeDocument({ title, text, words, action }, site));
      }),
    );
    server.post(
      '/dashboard/boards/:id/revoke',
      posts,
      visiting(async (visit, request, reply) => {
        await gate.revokeBoard(visit, (request.params as { id: string }).id);
        return reply.headers(headers).redirect(`${site.root}/boards`, 303);
      }),
    );

    server.get(
      '/dashboard',
      visiting((visit, request, reply) => show(visit, 'overview', request, reply)),
    );
    server.get(
      '/dashboard/:page',
      visiting((visit, request, reply) =>
        show(visit, (request.params as { page: string }).page, request, reply),
      ),
    );
  };
}

/** Whether a page of ours posts it, as the browser says: newer ones in a header of its own, older ones by its origin. */
function isOwn({ headers }: FastifyRequest, origin: string): boolean {
  const site = headers['sec-fetch-site'];
  return site === undefined ? headers.origin === origin : site === 'same-origin';
}

function queryOf({ url }: FastifyRequest): URLSearchParams {
  return new URL(url, 'http://dashboard').searchParams;
}

function formOf({ body }: FastifyRequest): URLSearchParams {
  return new URLSearchParams(Buffer.isBuffer(body) ? body.toString('utf8') : '');
}
