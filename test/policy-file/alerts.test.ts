import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { alertNotes } from '../../src/domain/policy/alert-notes.ts';
import { PolicyError, parsePolicy } from '../../src/policy-file.ts';

const sound = readFileSync('test/support/policies/sound.yaml', 'utf8');

/** The sound policy with another rung at the end of the first ladder, and webhooks. */
function policyWith(rung: string, webhooks = '') {
  const text = sound.replace('escalation:\n', `${webhooks}\nescalation:\n`);
  const [before, after = ''] = text.split('  touch:\n    - {');
  return parsePolicy(`${before}    - { at: 3 h, do: ${rung} }\n  touch:\n    - {${after}`, 'policy.yaml');
}

function problemsOf(rung: string, webhooks = ''): string {
  try {
    policyWith(rung, webhooks);
    return '';
  } catch (error) {
    if (error instanceof PolicyError) return error.message;
    throw error;
  }
}

const lastOf = (rung: string, webhooks = '') => policyWith(rung, webhooks).ladders.acknowledge.at(-1);
const pager = 'webhooks: [{ name: pager, url: "https://pager.example/x" }]';

describe('a rung', () => {
  it.each([
    ['mail', { do: 'mail', to: 'rep' }],
    ['{ mail: rep }', { do: 'mail', to: 'rep' }],
    ['{ mail: manager }', { do: 'mail', to: 'manager' }],
    ['{ mail: Sales@Example.com }', { do: 'mail', to: { address: 'sales@example.com' } }],
  ])('%s writes a mail, when its reader is at work', (written, action) => {
    expect(lastOf(written)).toMatchObject({ action, offHours: 'wait' });
  });

  it('calls a webhook of the policy, at any hour', () => {
    expect(lastOf('{ webhook: pager }', pager)).toMatchObject({
      action: { do: 'webhook', name: 'pager' },
      offHours: 'now',
    });
  });

  it('calls none that the policy does not have', () => {
    expect(problemsOf('{ webhook: pagr }', pager)).toContain('found "pagr", expected one of pager');
    expect(problemsOf('{ webhook: pager }')).toContain(
      'expected one of those under webhooks, where there are none',
    );
  });

  it('writes to nobody who has no address', () => {
    expect(problemsOf('{ mail: everybody }')).toContain(
      'found "everybody", expected rep, manager, or an email',
    );
  });
});

describe('a webhook', () => {
  it('tells nothing of people unless the policy says so', () => {
    expect(policyWith('mail', pager).webhooks).toEqual([
      { name: 'pager', url: 'https://pager.example/x', tells: [] },
    ]);
    const telling = 'webhooks: [{ name: pager, url: "http://localhost:80/x", tells: [lead, rep] }]';
    expect(policyWith('mail', telling).webhooks[0]?.tells).toEqual(['lead', 'rep']);
  });

  it.each(['http://pager.example/x', 'https://bot:pw@pager.example/x', 'ftp://pager.example', 'pager'])(
    'is not at %s',
    (url) => {
      expect(problemsOf('mail', `webhooks: [{ name: pager, url: "${url}" }]`)).toContain(
        'expected an https address',
      );
    },
  );
});

it('what cannot work as the bot is configured is named, with its place', () => {
  const policy = policyWith('{ webhook: pager }', pager);
  const place = `escalation.acknowledge.${policy.ladders.acknowledge.length - 1}`;
  expect(alertNotes(policy, { mail: false, hasSecret: () => true })).toEqual([]);
  expect(alertNotes(policy, { mail: true, hasSecret: () => false })).toEqual([
    `${place}: nothing is called before WEBHOOK_SECRET is set`,
  ]);
  expect(alertNotes(policyWith('mail'), { mail: false, hasSecret: () => false })).toEqual([
    `${place}: no mail goes out before SMTP_URL and MAIL_FROM are set`,
  ]);
  const ofPeople = policyWith('message', 'notify: { allow: [again, mail] }');
  expect(alertNotes(ofPeople, { mail: false, hasSecret: () => false })).toEqual([
    'notify.allow: no mail goes out before SMTP_URL and MAIL_FROM are set',
  ]);
});
