import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ModelServer, startModel } from '../../../sandbox/model/server.ts';
import { chatCompletions } from '../../../src/adapters/model/chat-completions.ts';
import { TemporaryFailure } from '../../../src/flow/ports/failure.ts';

const facts = [{ id: 'f1', text: 'Role | VP Operations' }];
const draft = { facts: ['f1'], text: 'They run operations.' };
let server: ModelServer;
beforeEach(async () => {
  server = await startModel({ model: 'small', apiKey: 'key-1', says: () => JSON.stringify(draft) });
});
afterEach(() => server.close());

const ask = (options: { apiKey?: string | null; name?: string; timeoutMs?: number } = {}) => {
  const { apiKey = 'key-1', name = 'small', timeoutMs = 3_000 } = options;
  return chatCompletions({ apiKey, timeoutMs }).summarise({ url: server.url, name, dailyBudget: 1 }, facts);
};

describe('a language model', () => {
  test('gets the facts as data, and answers with a draft', async () => {
    expect(await ask()).toEqual(draft);
    const [request] = server.requests;
    expect(request?.model).toBe('small');
    expect(request?.messages.map(({ role }) => role)).toEqual(['system', 'user']);
    expect(request?.messages[1]?.content).toBe(JSON.stringify(facts));
  });

  test('within the company is asked without a key', async () => {
    await server.close();
    server = await startModel({ model: 'small', says: () => JSON.stringify(draft) });
    expect(await ask({ apiKey: null })).toEqual(draft);
  });

  const faults: [what: string, options: Parameters<typeof ask>[0], says: () => string, message: RegExp][] = [
    ['knows the key no more', { apiKey: 'old' }, () => '', /it answered 401/],
    ['has no such model', { name: 'large' }, () => '', /it answered 404/],
    ['answers in prose', {}, () => 'Sure! They run operations.', /another form/],
    ['answers with another shape', {}, () => '{"summary": "They run operations."}', /another form/],
    ['answers without end', {}, () => 'x'.repeat(100_000), /more than 65536 bytes/],
    ['is silent', { timeoutMs: 50 }, () => 'hang', /no answer within 50 ms/],
  ];
  for (const [what, options, says, message] of faults) {
    test(`that ${what} fails for now, without a word of what it said`, async () => {
      server.says(says);
      const failure = await ask(options).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(TemporaryFailure);
      expect(String(failure)).toMatch(message);
      expect(String(failure)).not.toContain('operations');
    });
  }

  test('that sends elsewhere is not followed: the key would go with it', async () => {
    server.says(() => ({ status: 307, body: {}, location: 'https://elsewhere.example' }));
    await expect(ask()).rejects.toThrow('no answer');
  });
});
