import type { Known, Nurture } from '../../domain/handoff/nurture.ts';

/** A lead's nurture in JSON, whose times are texts. */
export type NurtureJson = {
  paused: boolean;
  lifted_at: string | null;
  written: boolean | null;
  written_at: string | null;
  seen: boolean | null;
  seen_at: string | null;
};

/** An expression for the nurture of the lead with this id. */
export function nurtureColumn(leadId: string): string {
  return `jsonb_build_object(
    'paused', exists (select from suppression where lead_id = ${leadId} and lifted_at is null),
    'lifted_at', (select max(lifted_at) from suppression where lead_id = ${leadId}))
  || coalesce((select to_jsonb(nurture_state) from nurture_state where nurture_state.lead_id = ${leadId}), '{}')`;
}

export function nurtureOf({ paused, lifted_at, written, written_at, seen, seen_at }: NurtureJson): Nurture {
  return {
    paused,
    liftedAt: lifted_at === null ? null : new Date(lifted_at),
    written: knownOf(written, written_at),
    seen: knownOf(seen, seen_at),
  };
}

function knownOf(paused: boolean | null | undefined, at: string | null | undefined): Known | null {
  return typeof paused === 'boolean' && at ? { paused, at: new Date(at) } : null;
}
