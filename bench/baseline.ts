import { createHmac, timingSafeEqual } from 'node:crypto';
import { Agent, createServer, type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { Pool } from 'pg';

// What the bot is compared with: the least that could be called the same. A bare Node server that verifies the
// signature, commits one row, answers, reads the contact once and posts one message; no retries, no limits, no card.

const env = (name: string): string => {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: expected what bench/platforms.ts gives`);
  return value;
};
const secret = env('HUBSPOT_CLIENT_SECRET');
const publicUrl = env('PUBLIC_URL');
const channel = env('BASELINE_CHANNEL');
const pool = new Pool({ connectionString: env('DATABASE_URL'), max: 10 });
const agent = new Agent({ keepAlive: true, maxSockets: 20 });

type Answer = { properties: { firstname: string } };

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

async function handOver(leadId: string): Promise<void> {
  const url = `${env('HUBSPOT_API_URL')}/crm/v3/objects/contacts/${leadId}?properties=firstname`;
  const lead = JSON.parse(await call('GET', url, env('HUBSPOT_ACCESS_TOKEN'))) as Answer;
  const message = JSON.stringify({ channel, text: `New lead: ${lead.properties.firstname}` });
  await call('POST', `${env('SLACK_API_URL')}chat.postMessage`, env('SLACK_BOT_TOKEN'), message);
}

await pool.query('create table if not exists webhook (id bigserial primary key, body jsonb not null)');
const server = createServer(async (incoming, response) => {
  const body = await text(incoming);
  if (!isSigned(incoming, body)) {
    response.writeHead(401).end();
    return;
  }
  await pool.query('insert into webhook (body) values ($1)', [body]);
  response.writeHead(200).end();
  for (const { objectId } of JSON.parse(body) as { objectId: number }[]) await handOver(String(objectId));
});
server.listen(Number(env('PORT')), '127.0.0.1', () => console.log('{"msg":"ready"}'));
