import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type JsonSchema, keysAt, policyJsonSchema } from '../../src/policy-file/json-schema.ts';
import { PolicyError, parsePolicy } from '../../src/policy-file.ts';
import { bentPolicy } from '../support/policies/bent.ts';

function isPolicy(text: string): boolean {
  try {
    return Boolean(parsePolicy(text, 'policy.yaml'));
  } catch (error) {
    if (error instanceof PolicyError) return false;
    throw error;
  }
}

const kept = JSON.parse(readFileSync('manifests/policy.schema.json', 'utf8')) as JsonSchema;

describe('the JSON Schema that editors read', () => {
  // Fastify checks a request's body against a JSON Schema without touching it, when it is told not to mend it.
  const server = fastify({
    ajv: {
      customOptions: { removeAdditional: false, coerceTypes: false, useDefaults: false, allErrors: true },
    },
  });
  beforeAll(async () => {
    server.post('/', { schema: { body: kept }, handler: () => ({ message: 'fits' }) });
    await server.ready();
  });
  afterAll(() => server.close());

  async function verdictOn(yaml: string): Promise<string> {
    const answer = await server.inject({ method: 'POST', url: '/', payload: parse(yaml) as object });
    return answer.json<{ message: string }>().message;
  }

  it('is the one that is kept with the manifests', () => {
    expect(kept).toEqual(JSON.parse(JSON.stringify(policyJsonSchema())));
  });

  it('fits the example policy, and the sound one of the tests', async () => {
    expect(await verdictOn(readFileSync('policy.yaml', 'utf8'))).toBe('fits');
    expect(await verdictOn(readFileSync('test/support/policies/sound.yaml', 'utf8'))).toBe('fits');
  });

  const table: [file: string, words: string][] = [
    ['misspelt-key', 'body/qualification must NOT have additional properties'],
    ['misspelt-condition', 'body/qualification/never/0/when must NOT have additional properties'],
    ['wrong-type', 'body/qualification/required must be array'],
    ['missing-fallback', "body/routing must have required property 'fallback'"],
    ['negative-weight', 'body/teams/0/members/0/weight must be >= 0'],
    ['duration-without-unit', 'body/triggers/0/targets/touch must be string'],
    ['duration-in-words', 'body/triggers/0/targets/acknowledge must match pattern'],
    ['misspelt-target', 'body/triggers/1/targets/0 must NOT have additional properties'],
    ['name-of-a-channel', 'body/escalation/acknowledge/1/do/tell_channel must match pattern'],
  ];
  for (const [file, words] of table) {
    it(`does not fit ${file}: ${words}`, async () => {
      expect(await verdictOn(readFileSync(`test/support/policies/${file}.yaml`, 'utf8'))).toContain(words);
    });
  }

  it('refuses no policy that the bot reads', async () => {
    for (const text of fc.sample(bentPolicy, { numRuns: 300, seed: 2718 })) {
      if (isPolicy(text)) expect([text, await verdictOn(text)]).toEqual([text, 'fits']);
    }
  });

  it('has words about every key that people write', () => {
    const speechless = new Set<string>();
    const look = (schema: JsonSchema, place: string): void => {
      for (const [key, inner] of Object.entries(schema.properties ?? {})) {
        if (!('description' in inner)) speechless.add(`${place}.${key}`);
        look(inner, `${place}.${key}`);
      }
      for (const inner of [schema.items, schema.additionalProperties, ...(schema.anyOf ?? [])]) {
        if (typeof inner === 'object') look(inner, place);
      }
    };
    look(kept, 'policy');
    for (const [name, inner] of Object.entries(kept.definitions ?? {})) look(inner, name);
    expect([...speechless]).toEqual([]);
  });
});

describe('the keys at a path', () => {
  const table: [path: PropertyKey[], keys: string[]][] = [
    [['properties'], ['score', 'score_components', 'summary', 'product']],
    [
      ['teams', 0, 'members', 3, 'caps'],
      ['open', 'per_day', 'per_hour'],
    ],
    [
      ['routing', 'rules', 0, 'to'],
      ['rep', 'rotation', 'pool'],
    ],
    [
      ['triggers', 0, 'targets'],
      ['if', 'acknowledge', 'touch', 'counted_in', 'attempts'],
    ],
    [
      ['triggers', 0, 'targets', 1, 'touch'],
      ['within', 'counted_in'],
    ],
    [
      ['escalation', 'touch', 0, 'do'],
      ['reassign', 'tell_channel', 'mail', 'webhook'],
    ],
    [
      ['segments', 'Enterprise', 'not', 'any', 1, 'page'],
      ['contains', 'times', 'within'],
    ],
    [['triggers', 0, 'name'], []],
    [['nowhere'], []],
  ];
  for (const [path, keys] of table) {
    it(`${path.join('.')}: ${keys.join(', ') || 'none'}`, () => {
      expect(keysAt(path)).toEqual(keys);
    });
  }

  it('of a condition are all that a condition can ask', () => {
    expect(keysAt(['triggers', 0, 'when'])).toEqual(keysAt(['routing', 'rules', 2, 'if', 'all', 0]));
    expect(keysAt(['triggers', 0, 'when'])).toContain('company_property');
  });
});
