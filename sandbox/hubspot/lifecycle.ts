import type { PropertyOption } from './properties.ts';

/**
 * Whether a record would move back. HubSpot moves a lifecycle stage only forward, in the order of the
 * property's options; a record without a stage may enter any.
 */
export function movesBack(stages: readonly PropertyOption[], from: string | undefined, to: string): boolean {
  if (from === undefined || to === '') return false;
  const rank = (stage: string) => stages.findIndex(({ value }) => value === stage);
  return rank(to) < rank(from);
}

/** The properties HubSpot stamps when a record enters a stage. */
export function stageStamps(stage: string): string[] {
  return [`hs_lifecyclestage_${stage}_date`, `hs_v2_date_entered_${stage}`];
}

/** The dates HubSpot clears on a manual move back: those of the stages the record is no longer in. */
export function stampsClearedBy(stages: readonly PropertyOption[], to: string): string[] {
  const rank = stages.findIndex(({ value }) => value === to);
  return stages.slice(rank + 1).map(({ value }) => `hs_lifecyclestage_${value}_date`);
}
