import { introducing } from '../../domain/policy/intros.ts';
import type { Policy } from '../../domain/policy/policy.ts';

/** A scope that a policy needs, and what for. `isMust`: without it leads are not handed over. */
export type NeededScope = { scope: string; isMust: boolean; so: string };

/** What every policy needs, by what is lacking without it. */
const always: Readonly<Record<string, string>> = {
  'crm.objects.contacts.read': 'leads are read',
  'crm.objects.contacts.write': 'owner, stage and status are written back',
  'crm.objects.companies.read': 'cards tell of the company',
  'crm.objects.deals.read': 'open and lost deals are known',
  'crm.objects.owners.read': 'people are found by their email',
  'crm.objects.users.read': 'working hours and absences are known',
  'crm.schemas.contacts.read': 'labels and stages are read',
  'crm.schemas.contacts.write': 'handoff setup makes the properties',
  'sales-email-read': 'emails count as touches',
};

/** What parts of a policy need beside it. */
const parts: readonly { isUsed: (policy: Policy) => boolean; scopes: readonly string[]; so: string }[] = [
  {
    isUsed: ({ deals }) => deals.length > 0,
    scopes: ['crm.objects.deals.write', 'crm.schemas.deals.read', 'crm.schemas.deals.write'],
    so: 'deals are made',
  },
  {
    isUsed: ({ leadRecords }) => Boolean(leadRecords),
    scopes: ['crm.objects.leads.read', 'crm.objects.leads.write'],
    so: 'HubSpot’s leads follow the handoff',
  },
  {
    isUsed: (policy) => introducing(policy).length > 0,
    scopes: ['automation.sequences.read', 'automation.sequences.enrollments.write'],
    so: 'intros are sent',
  },
  {
    isUsed: ({ suppression }) => Boolean(suppression?.segment),
    scopes: ['crm.lists.read', 'crm.lists.write'],
    so: 'the segment of paused leads is kept',
  },
  { isUsed: () => true, scopes: ['forms'], so: 'cards tell what was written into a form' },
  {
    isUsed: () => true,
    scopes: ['scheduler.meetings.meeting-link.read'],
    so: 'cards have Book Meeting',
  },
];

/** The scopes that a policy needs, and no others. */
export function scopesFor(policy: Policy): NeededScope[] {
  return [
    ...Object.entries(always).map(([scope, so]) => ({ scope, so, isMust: true })),
    ...parts
      .filter(({ isUsed }) => isUsed(policy))
      .flatMap(({ scopes, so }) => scopes.map((scope) => ({ scope, so, isMust: false }))),
  ];
}
