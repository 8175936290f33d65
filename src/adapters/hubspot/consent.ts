import type { Consent } from '../../domain/lead/lead.ts';
import type { HubSpotRecord } from './client.ts';
import { listOf, textOf } from './values.ts';

type Values = HubSpotRecord['properties'];

export const consentProperties = ['hs_email_optout', 'hs_marketable_status', 'hs_legal_basis'] as const;

/** What the lead agreed to; the values of the legal basis are sentences already. */
export function consentOf(values: Values): Consent {
  return {
    optedOut: flagOf(values['hs_email_optout']),
    marketable: flagOf(values['hs_marketable_status']),
    lawfulBasis: listOf(values['hs_legal_basis']).join(', ') || null,
  };
}

/** Whether a mail came back for good, or HubSpot takes the address for none. */
export function hasBounced(values: Values): boolean | null {
  if (textOf(values['hs_email_hard_bounce_reason_enum']) !== null) return true;
  return flagOf(values['hs_email_bad_address']);
}

function flagOf(value: Values[string] | undefined): boolean | null {
  const text = textOf(value);
  return text === null ? null : text === 'true';
}
