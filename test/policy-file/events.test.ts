import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { alertNotes } from '../../src/domain/policy/alert-notes.ts';
import { PolicyError, parsePolicy } from '../../src/policy-file.ts';

const sound = readFileSync('test/support/policies/sound.yaml', 'utf8');
const policyWith = (events: string) => parsePolicy(`${sound}\nevents:\n${events}`, 'policy.yaml');

function problemsOf(events: string): string {
  try {
    policyWith(events);
    return '';
  } catch (error) {
    if (error instanceof PolicyError) return error.message;
    throw error;
  }
}

describe('destinations of events', () => {
  it('are none unless told otherwise', () => {
    expect(parsePolicy(sound, 'policy.yaml').events).toEqual([]);
  });

  it('are called by the host of their address, signed with WEBHOOK_SECRET, and hear of everything', () => {
    expect(policyWith('  - { url: "https://hooks.example/in?key=1" }').events).toEqual([
      { name: 'hooks.example', url: 'https://hooks.example/in?key=1', secret: 'WEBHOOK_SECRET', only: null },
    ]);
  });

  it('may have a name, a secret and types of their own', () => {
    const written =
      '{ name: crm, url: "https://a.example", secret: WEBHOOK_SECRET_CRM, only: [offered, handed_back] }';
    expect(policyWith(`  - ${written}`).events).toEqual([
      {
        name: 'crm',
        url: 'https://a.example',
        secret: 'WEBHOOK_SECRET_CRM',
        only: ['offered', 'handed_back'],
      },
    ]);
  });

  it.each([
    ['{ url: "http://crm.example" }', '"http://crm.example", expected an https address without a password'],
    ['{ url: "https://user:word@crm.example" }', 'expected an https address without a password in it'],
    [
      '{ url: "https://a.example", secret: HUBSPOT_ACCESS_TOKEN }',
      'found "HUBSPOT_ACCESS_TOKEN", expected the name of',
    ],
    ['{ url: "https://a.example", only: [ofered] }', 'found "ofered", expected one of offered, delivered,'],
    ['{ url: "https://a.example", only: [] }', 'expected at least one type of event'],
  ])('that are wrong, as %s, are named with their line', (written, problem) => {
    const [line = '', told] = [String(sound.split('\n').length + 2), problemsOf(`  - ${written}`)];
    expect(told).toContain(problem);
    expect(told).toContain(line);
  });

  it('have each a name of their own', () => {
    const twice = '  - { url: "https://a.example/1" }\n  - { url: "https://a.example/2" }';
    expect(problemsOf(twice)).toContain('found "a.example" again, expected a name of its own');
  });

  it('that cannot be told before there is a secret are noted', () => {
    const policy = policyWith(
      '  - { url: "https://a.example" }\n  - { url: "https://b.example", secret: WEBHOOK_SECRET_B }',
    );
    const notes = (...set: string[]) =>
      alertNotes(policy, { mail: true, hasSecret: (variable) => set.includes(variable) });
    expect(notes('WEBHOOK_SECRET_B')).toEqual(['events.0: nothing is called before WEBHOOK_SECRET is set']);
    expect(notes('WEBHOOK_SECRET')).toEqual(['events.1: nothing is called before WEBHOOK_SECRET_B is set']);
  });
});
