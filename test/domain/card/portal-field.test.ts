import { describe, expect, it } from 'vitest';
import { portalField, shownOf, writtenFor } from '../../../src/domain/card/portal-field.ts';
import type { PortalProperty } from '../../../src/domain/lead/portal-property.ts';
import { portalProperty } from '../../support/examples.ts';

const options = [
  { value: 'this_year', label: 'This year' },
  { value: 'later', label: 'Later' },
];
const of = (kind: PortalProperty['kind']) =>
  portalProperty('x', { kind, ...(kind.startsWith('choice') && { options }) });

describe('a property of the portal’s', () => {
  it.each<
    [PortalProperty['kind'], value: string, initial: unknown, answer: string, written: string, shown: string]
  >([
    ['text', 'Graz', 'Graz', ' Linz ', 'Linz', 'Linz'],
    ['longText', '', '', 'a\nb', 'a\nb', 'a\nb'],
    ['number', '50000', 50_000, '1250000.5', '1250000.5', '1,250,000.5'],
    ['date', '2026-12-31', '2026-12-31', '2027-01-31', '2027-01-31', '2027-01-31'],
    ['time', '2026-12-31T10:00:00Z', '2026-12-31', '2027-01-31', '2027-01-31T12:00:00Z', '2027-01-31'],
    ['choice', 'later', 'later', 'this_year', 'this_year', 'This year'],
    ['choices', 'later', ['later'], 'this_year\nlater', 'this_year;later', 'This year, Later'],
  ])('of kind %s is asked for, written and read', (kind, value, initial, answer, written, shown) => {
    expect(portalField(of(kind), value)).toMatchObject({ name: 'x', label: 'X', required: false, initial });
    expect(writtenFor(of(kind), answer, value)).toBe(written);
    expect(shownOf(of(kind), written)).toBe(shown);
  });

  it.each([
    ['text', 'Graz', 'Graz '],
    ['time', '2026-12-31T10:00:00Z', '2026-12-31'],
    ['choices', 'this_year;later', 'this_year\nlater'],
    ['number', '', ''],
  ] as const)('of kind %s that stays as it is is not written', (kind, value, answer) => {
    expect(writtenFor(of(kind), answer, value)).toBeNull();
  });

  it.each(['text', 'number', 'date', 'time', 'choice', 'choices'] as const)(
    'of kind %s is cleared by no answer',
    (kind) => {
      expect(writtenFor(of(kind), '', kind === 'date' ? '2026-12-31' : 'later')).toBe('');
      expect(shownOf(of(kind), '')).toBe('');
    },
  );

  it('that HubSpot wants has to be answered', () => {
    expect(portalField(of('number'), '', { required: true })).toMatchObject({
      required: true,
      initial: null,
    });
  });
});
