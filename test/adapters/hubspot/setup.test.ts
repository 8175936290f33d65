import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { type HubSpot, hubspotClient } from '../../../src/adapters/hubspot/client.ts';
import { limiter } from '../../../src/adapters/hubspot/limiter.ts';
import { handoffProperties, setupProperties } from '../../../src/adapters/hubspot/properties.ts';

type Stored = { name: string; groupName?: string; type?: string; fieldType?: string; options?: unknown[] };

/** The corner of HubSpot where contact properties and their groups are defined. */
async function startDefinitions(): Promise<{
  hubspot: HubSpot;
  groups: Stored[];
  properties: Stored[];
  requests: string[];
}> {
  const groups: Stored[] = [];
  const properties: Stored[] = [{ name: 'email' }];
  const requests: string[] = [];
  const root = '/crm/properties/2026-09/contacts';

  function answer(method: string, path: string, body: Stored): { status: number; reply: unknown } {
    if (method === 'GET' && path === root) return { status: 200, reply: { results: properties } };
    const kept = { [root]: properties, [`${root}/groups`]: groups }[path];
    if (method !== 'POST' || !kept) return { status: 404, reply: { category: 'OBJECT_NOT_FOUND' } };
    if (kept.some(({ name }) => name === body.name)) {
      return { status: 409, reply: { category: 'OBJECT_ALREADY_EXISTS' } };
    }
    const isGrouped = kept === groups || groups.some(({ name }) => name === body.groupName);
    if (!isGrouped) return { status: 400, reply: { category: 'VALIDATION_ERROR' } };
    kept.push(body);
    return { status: 201, reply: body };
  }

  const server = createServer(async (request, response) => {
    const { method = '', url = '' } = request;
    const sent = await text(request);
    requests.push(`${method} ${url}`);
    const { status, reply } = answer(method, url, sent ? JSON.parse(sent) : {});
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(reply));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    hubspot: hubspotClient({ apiUrl, accessToken: 'pat-test', limiter: limiter() }),
    groups,
    properties,
    requests,
  };
}

test('setup makes our properties in a group of their own, and the next time nothing', async () => {
  const { hubspot, groups, properties, requests } = await startDefinitions();
  const names = handoffProperties.map(({ name }) => name);
  expect(await setupProperties(hubspot)).toEqual(names);
  expect(groups).toMatchObject([{ name: 'handoff', label: 'Lead Handoff' }]);
  expect(properties.slice(1).map(({ name }) => name)).toEqual(names);
  requests.length = 0;
  expect(await setupProperties(hubspot)).toEqual([]);
  expect(requests).toEqual(['GET /crm/properties/2026-09/contacts']);
});

test('setup adds what is missing to a group that is there already', async () => {
  const { hubspot, groups, properties } = await startDefinitions();
  groups.push({ name: 'handoff' });
  properties.push({ name: 'handoff_id' });
  const made = await setupProperties(hubspot);
  expect(made).toHaveLength(handoffProperties.length - 1);
  expect(made).not.toContain('handoff_id');
});

test('statuses and outcomes are choices, times are times, and the note is long', async () => {
  const { hubspot, properties } = await startDefinitions();
  await setupProperties(hubspot);
  const shapes = Object.fromEntries(
    properties.slice(1).map(({ name, type, fieldType }) => [name, `${type} ${fieldType}`]),
  );
  expect(shapes).toMatchObject({
    handoff_id: 'string text',
    handoff_status: 'enumeration select',
    handoff_respond_by: 'datetime date',
    handoff_outcome: 'enumeration select',
    handoff_disqualify_note: 'string textarea',
  });
});
