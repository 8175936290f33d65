import type { Condition } from './condition.ts';
import { type Named, type Pipeline, type StageOf, stageMeant } from './pipelines.ts';

/** What of a handoff makes its deal. */
export type DealMoment = 'accepted' | 'touched' | 'meetingBooked';

/** What becomes of the deal when its lead is given up while nobody has moved it on: it stays, or goes to a stage. */
export type DealEnd = 'leave' | { moveTo: Named };

/** One deal for each handoff of some leads: of the rules the first that is for the lead counts. */
export type DealRule = {
  /** Leads that the rule is for; null: every lead. */
  when: Condition | null;
  moment: DealMoment;
  at: StageOf;
  /** With places for what is known of the lead, as `{company}: {trigger}`. */
  name: string;
  /** None is made for a lead who has an open deal, or whose company has. */
  unlessOpenDeal: boolean;
  ifDisqualified: DealEnd;
};

/** A rule with its stages as the portal has them. */
export function dealRuleMeant(rule: DealRule, pipelines: readonly Pipeline[] | null): DealRule {
  const { at, ifDisqualified: end } = rule;
  const meant = (stage: Named) => stageMeant({ ...at, stage }, pipelines);
  return {
    ...rule,
    at: meant(at.stage),
    ifDisqualified: end === 'leave' ? end : { moveTo: meant(end.moveTo).stage },
  };
}

/** What the name of a deal may have places for. */
export const dealPlaces = ['company', 'lead', 'trigger'] as const;
type DealPlace = (typeof dealPlaces)[number];

/** The name of a deal, with each place filled in. */
export function dealName(name: string, filled: Readonly<Record<DealPlace, string>>): string {
  return name.replaceAll(/\{(\w+)\}/g, (_, place: string) => filled[place as DealPlace]);
}

/** The places that a name has, also such as there are none for. */
export function placesIn(name: string): string[] {
  return [...name.matchAll(/\{([^{}]*)\}/g)].map(([, place = '']) => place);
}
