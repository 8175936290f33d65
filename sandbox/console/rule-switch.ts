import type { HubSpotServer } from '../hubspot/server.ts';

/** Whether HubSpot's admin demands that people fill in more before a lead changes its stage or status. */
export type RuleSwitch = {
  isOn: () => boolean;
  turn: (on: boolean) => void;
};

const rules = [
  { required: 'budget', when: { property: 'lifecyclestage', value: 'salesqualifiedlead' } },
  { required: 'timeline', when: { property: 'lifecyclestage', value: 'salesqualifiedlead' } },
  { required: 'lost_reason_detail', when: { property: 'hs_lead_status', value: 'UNQUALIFIED' } },
] as const;

export function ruleSwitch(hubspot: HubSpotServer): RuleSwitch {
  let inForce: (() => void)[] = [];
  return {
    isOn: () => inForce.length > 0,
    turn: (on) => {
      for (const takeBack of inForce) takeBack();
      inForce = on ? rules.map((rule) => hubspot.demand({ type: 'contacts', ...rule })) : [];
    },
  };
}
