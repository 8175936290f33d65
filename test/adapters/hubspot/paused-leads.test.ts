import { describe, expect, test } from 'vitest';
import { allOf, isTrue } from '../../../sandbox/hubspot/segment-filters.ts';
import type { ApiVersion } from '../../../src/adapters/hubspot/paths.ts';
import { PermanentFailure } from '../../../src/flow/ports/failure.ts';
import { startPortal, type TestPortal } from './portal.ts';

const contacts = ({ portal }: TestPortal, count: number, properties: Record<string, string> = {}) =>
  Array.from({ length: count }, (_, index) =>
    portal.createContact({ email: `zoe${count}.${index}@initech.test`, ...properties }),
  );

describe('whose nurture is paused', () => {
  test('is written as yes or no, with when it went on', async () => {
    const there = await startPortal();
    const [lead = ''] = contacts(there, 1);
    const properties = () => there.portal.object('contacts', lead)?.properties;
    const receipt = await there.crm.writeLead(lead, { record: { nurturePaused: true } });
    expect(receipt).toMatchObject({ nurtureTaken: true, refusedProperties: [] });
    expect(properties()).toMatchObject({ handoff_nurture_paused: 'true' });
    const nurtureResumedAt = new Date('2026-11-20T12:00:00Z');
    await there.crm.writeLead(lead, { record: { nurturePaused: false, nurtureResumedAt } });
    expect(properties()).toMatchObject({
      handoff_nurture_paused: 'false',
      handoff_nurture_resumed_at: '2026-11-20T12:00:00Z',
    });
  });

  test('is not taken by a portal that lacks the property, which takes everything else', async () => {
    const there = await startPortal({ withHandoffProperties: false });
    const [lead = ''] = contacts(there, 1);
    const receipt = await there.crm.writeLead(lead, { leadStatus: 'NEW', record: { nurturePaused: true } });
    expect(receipt).toMatchObject({ nurtureTaken: false, refusedProperties: ['handoff_nurture_paused'] });
  });

  test('is read by id, a hundred in a call, without those that are gone', async () => {
    const there = await startPortal();
    const paused = contacts(there, 120, { handoff_nurture_paused: 'true' });
    const [other = ''] = contacts(there, 1);
    there.requests();
    const shown = await there.crm.nurturePaused([...paused, other, '999']);
    expect(there.requests()).toEqual(['POST contacts/batch/read', 'POST contacts/batch/read']);
    expect([...shown.values()].filter(Boolean)).toHaveLength(120);
    expect(shown.get(other)).toBe(false);
    expect(shown.has('999')).toBe(false);
  });

  test('is found by a search, page after page', async () => {
    const there = await startPortal();
    const paused = contacts(there, 230, { handoff_nurture_paused: 'true' });
    contacts(there, 2);
    there.wait(1);
    there.requests();
    expect(await there.crm.pausedLeads()).toEqual(paused);
    expect(there.requests()).toEqual(['POST contacts/search', 'POST contacts/search']);
  });
});

describe.each<ApiVersion>(['2026-09', 'legacy'])('the segment of whoever is paused, in %s', (apiVersion) => {
  test('takes in and lets go in one call, whoever was in it or is no more', async () => {
    const there = await startPortal({ apiVersion });
    const [one = '', two = '', three = ''] = contacts(there, 3);
    const segment = there.portal.segments.create({ name: 'Paused', processingType: 'MANUAL' }).id;
    there.requests();
    await there.crm.changeSegment(segment, { add: [one, two, '999'], remove: [] });
    await there.crm.changeSegment(segment, { add: [two, three], remove: [one, '999'] });
    expect(there.requests()).toHaveLength(2);
    expect(await there.crm.membersOf(segment)).toEqual([two, three]);
  });

  test('is read to its last page', async () => {
    const there = await startPortal({ apiVersion });
    const members = contacts(there, 260);
    const segment = there.portal.segments.create({ name: 'Paused', processingType: 'MANUAL' }).id;
    await there.crm.changeSegment(segment, { add: members, remove: [] });
    there.requests();
    expect(await there.crm.membersOf(segment)).toEqual(members);
    expect(there.requests()).toHaveLength(2);
  });

  test('cannot be changed when it is an active one, or there is none', async () => {
    const there = await startPortal({ apiVersion });
    const [lead = ''] = contacts(there, 1);
    const active = there.portal.segments.create({
      name: 'Active',
      processingType: 'DYNAMIC',
      filters: allOf(['handoff_nurture_paused', isTrue]),
    }).id;
    const change = { add: [lead], remove: [] };
    await expect(there.crm.changeSegment(active, change)).rejects.toBeInstanceOf(PermanentFailure);
    await expect(there.crm.changeSegment('999', change)).rejects.toBeInstanceOf(PermanentFailure);
  });
});
