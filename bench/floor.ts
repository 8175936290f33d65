import { createHmac, timingSafeEqual } from 'node:crypto';
import { Agent, createServer, type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { Pool } from 'pg';

// What the bot is compared with: the least that loses no lead. A bare Node server that verifies the signature, commits
// the events, answers, and for each reads the contact, posts a message and notes that it is done; what a killed process
// has not done is done at the start. It decides nothing, repeats nothing that failed before the next start, and may
// post twice.

const env = (name: string): string => {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: expected what bench/stage.ts gives`);
  return value;
};
const secret = env('HUBSPOT_CLIENT_SECRET');
const publicUrl = env('PUBLIC_URL');
const channel = env('FLOOR_CHANNEL');
const pool = new Pool({ connectionString: env('DATABASE_URL'), max: 10 });
const agent = new Agent({ keepAlive: true, maxSockets: 20 });

type Row = { id: string; lead: string };

async function call(method: string, url: string, token: string, body?: string): Promise<string> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request(url, { method, agent, headers }, resolve).on('error', reject).end(body);
  });
  const answer = await text(response);
  if (response.statusCode !== 200)
    throw new Error(`${method} ${url} answered ${response.statusCode}: ${answer}`);
  return answer;
}

function isSigned({ headers, url }: IncomingMessage, body: string): boolean {
  const timestamp = String(headers['x-hubspot-request-timestamp']);
  const given = Buffer.from(String(headers['x-hubspot-signature-v3']));
  const hmac = createHmac('sha256', secret).update(`POST${publicUrl}${url}${body}${timestamp}`);
  const expected = Buffer.from(hmac.digest('base64'));
  return given.length === expected.length && timingSafeEqual(given, expected);
}

async function handOver({ id, lead }: Row): Promise<void> {
  const url = `${env('HUBSPOT_API_URL')}/crm/objects/2026-09/contacts/${lead}?properties=firstname`;
  const contact = JSON.parse(await call('GET', url, env('HUBSPOT_ACCESS_TOKEN'))) as {
    properties: { firstname: string };
  };
  const link = `https://app.hubspot.com/contacts/${env('HUBSPOT_PORTAL_ID')}/record/0-1/${lead}`;
  const message = { channel, text: `New lead: ${contact.properties.firstname} ${link}` };
  await call(
    'POST',
    `${env('SLACK_API_URL')}chat.postMessage`,
    env('SLACK_BOT_TOKEN'),
    JSON.stringify(message),
  );
  await pool.query('update event set done_at = now() where id = $1', [id]);
}

const undone = (error: unknown) => console.error(error);

await pool.query(
  'create table if not exists event (id bigserial primary key, lead text not null, body jsonb not null, done_at timestamptz)',
);
// Longer than a client keeps an idle connection, so that it never meets one that is being closed.
const keepAliveTimeout = 60_000;
const server = createServer({ keepAliveTimeout }, async (incoming, response) => {
  const body = await text(incoming);
  if (!isSigned(incoming, body)) {
    response.writeHead(401).end();
    return;
  }
  const { rows } = await pool.query<Row>(
    `insert into event (lead, body) select value->>'objectId', value from jsonb_array_elements($1::jsonb) returning id, lead`,
    [body],
  );
  response.writeHead(200).end();
  for (const row of rows) handOver(row).catch(undone);
});
const { rows: left } = await pool.query<Row>('select id, lead from event where done_at is null order by id');
for (const row of left) handOver(row).catch(undone);
server.listen(Number(env('PORT')), '127.0.0.1', () => console.log('{"msg":"ready"}'));
