import { describe, expect, test } from 'vitest';
import { startPortal } from './portal.ts';

describe.each(['2026-09', 'legacy'] as const)('the properties of contacts (%s)', (apiVersion) => {
  test('come as the admin made them, and HubSpot is asked once an hour', async () => {
    const { portal, crm, wait, requests } = await startPortal({ apiVersion });
    portal.defineProperty('contacts', {
      name: 'timeline',
      label: 'Timeline',
      type: 'enumeration',
      fieldType: 'select',
      options: [{ value: 'later', label: 'Later' }],
    });
    portal.defineProperty('contacts', {
      name: 'tools',
      label: 'Tools',
      type: 'enumeration',
      fieldType: 'checkbox',
      options: [{ value: 'sheets', label: 'Spreadsheets' }],
    });
    portal.defineProperty('contacts', {
      name: 'notes',
      label: 'Notes',
      type: 'string',
      fieldType: 'textarea',
    });
    portal.defineProperty('contacts', { name: 'review', label: 'Review', type: 'date', fieldType: 'date' });
    const [known] = await Promise.all([crm.contactProperties(), crm.contactProperties()]);
    expect(known?.get('timeline')).toEqual({
      name: 'timeline',
      label: 'Timeline',
      kind: 'choice',
      options: [{ value: 'later', label: 'Later' }],
      readOnly: false,
    });
    const kinds = [
      'tools',
      'notes',
      'review',
      'lead_score',
      'phone',
      'hs_email_optout',
      'notes_last_updated',
    ];
    expect(kinds.map((name) => known?.get(name)?.kind)).toEqual([
      'choices',
      'longText',
      'date',
      'number',
      'text',
      'choice',
      'time',
    ]);
    expect(known?.get('hs_email_optout')?.options).toEqual([
      { value: 'true', label: 'Yes' },
      { value: 'false', label: 'No' },
    ]);
    expect(requests({ withLabels: true })).toHaveLength(1);
    wait(59);
    await crm.contactProperties();
    expect(requests({ withLabels: true })).toEqual([]);
    wait(1);
    await crm.contactProperties();
    expect(requests({ withLabels: true })).toHaveLength(1);
  });

  test('that HubSpot computes, or takes from a list of records, nobody fills in', async () => {
    const { crm } = await startPortal({ apiVersion });
    const known = await crm.contactProperties();
    const readOnly = ['hubspot_owner_id', 'num_notes', 'jobtitle'].map((name) => known?.get(name)?.readOnly);
    expect(readOnly).toEqual([true, true, false]);
  });

  test('that the app may not see are unknown, and a failure is not kept', async () => {
    const { portal, crm } = await startPortal({ apiVersion });
    portal.failNext({ status: 503 });
    await expect(crm.contactProperties()).rejects.toThrow();
    portal.failNext({ status: 403, body: { status: 'error', category: 'MISSING_SCOPES' } });
    expect(await crm.contactProperties()).toBeNull();
  });
});
