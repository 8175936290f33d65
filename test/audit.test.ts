import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Advisory } from '../.ci/audit/advisory.ts';
import { askNpm } from '../.ci/audit/ask-npm.ts';
import { askOsv } from '../.ci/audit/ask-osv.ts';
import exceptions from '../.ci/audit/exceptions.json' with { type: 'json' };
import { exceptionList, refusedOf } from '../.ci/audit/judge.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** A server on this machine that answers JSON by `METHOD /path`, and 405 to everything else. */
async function serve(answers: Record<string, (body: unknown) => unknown>): Promise<string> {
  const server = createServer(async (request, response) => {
    const answer = answers[`${request.method} ${request.url}`];
    if (answer) response.end(JSON.stringify(answer(await bodyOf(request))));
    else response.writeHead(405).end('{}');
  });
  onTestFinished(() => void server.close());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const bytes = await buffer(request);
  if (bytes.length === 0) return undefined;
  return JSON.parse(String(request.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes));
}

const weakness: Advisory = {
  id: 'GHSA-aaaa-bbbb-cccc',
  package: 'fastify',
  title: 'Answers everybody',
  severity: 'high',
};

describe('what fails the check', () => {
  const now = new Date('2026-12-01T12:00:00Z');
  const exception = { advisory: weakness.id, reason: 'we never call it', until: '2026-12-01' };

  test.each(['high', 'critical'] as const)('is what is known and %s', (severity) => {
    expect(refusedOf([{ ...weakness, severity }], [], now)).toHaveLength(1);
  });

  test.each(['low', 'moderate'] as const)('is not what is only %s', (severity) => {
    expect(refusedOf([{ ...weakness, severity }], [], now)).toEqual([]);
  });

  test('is not what an exception names, until the end of its last day', () => {
    expect(refusedOf([weakness], [exception], now)).toEqual([]);
    expect(refusedOf([weakness], [exception], new Date('2026-12-02T00:00:00Z'))).toEqual([weakness]);
  });

  test('is not excepted without a reason and a day', () => {
    expect(exceptionList.safeParse([exception]).success).toBe(true);
    expect(exceptionList.safeParse([{ ...exception, reason: '' }]).success).toBe(false);
    expect(exceptionList.safeParse([{ advisory: weakness.id, reason: 'we never call it' }]).success).toBe(
      false,
    );
    expect(exceptionList.parse(exceptions)).toEqual(exceptions);
  });
});

describe("npm's registry", () => {
  test('is asked by npm about what production installs, and tells what it knows', async () => {
    let asked: unknown;
    const registry = await serve({
      'POST /-/npm/v1/security/advisories/bulk': (body) => {
        asked = body;
        const { title, severity } = weakness;
        const url = `https://github.com/advisories/${weakness.id}`;
        return { fastify: [{ id: 1, url, title, severity, vulnerable_versions: '*', cwe: [], cvss: {} }] };
      },
    });
    expect(await askNpm(root, [`--registry=${registry}`])).toEqual({ advisories: [weakness] });
    expect(asked).toHaveProperty('botbuilder');
    expect(asked).not.toHaveProperty('vitest');
  });

  test('that knows no advisories is told as one that could not be asked', async () => {
    expect(await askNpm(root, [`--registry=${await serve({})}`])).toEqual({
      silentBecause: expect.stringContaining('405'),
    });
  });
});

describe('OSV', () => {
  const packages = [
    { name: 'yaml', version: '2.9.1', license: 'ISC', neededFor: 'production' },
    { name: 'fastify', version: '5.12.8', license: 'MIT', neededFor: 'production' },
  ] as const;

  test('is asked about each version, and for how bad it is what it knows of them', async () => {
    const { id, title: summary } = weakness;
    let asked: unknown;
    const address = await serve({
      'POST /v1/querybatch': (body) => {
        asked = body;
        return { results: [{}, { vulns: [{ id, modified: '2026-11-01T00:00:00Z' }, { id: 'GHSA-gone' }] }] };
      },
      [`GET /v1/vulns/${id}`]: () => ({ id, summary, database_specific: { severity: 'HIGH' } }),
      'GET /v1/vulns/GHSA-gone': () => ({ id: 'GHSA-gone', withdrawn: '2026-11-02T00:00:00Z' }),
    });
    expect(await askOsv(packages, address)).toEqual({ advisories: [weakness] });
    expect(asked).toEqual({
      queries: packages.map(({ name, version }) => ({ package: { ecosystem: 'npm', name }, version })),
    });
  });

  test('makes a malicious package, which has no severity, a high one', async () => {
    const address = await serve({
      'POST /v1/querybatch': () => ({ results: [{}, { vulns: [{ id: 'MAL-2026-1' }] }] }),
      'GET /v1/vulns/MAL-2026-1': () => ({ id: 'MAL-2026-1', summary: 'Malicious code in fastify' }),
    });
    expect(await askOsv(packages, address)).toMatchObject({ advisories: [{ severity: 'high' }] });
  });

  test('that does not answer is told as one that could not be asked', async () => {
    expect(await askOsv(packages, await serve({}))).toEqual({ silentBecause: '405 Method Not Allowed' });
  });
});
