const named = [
  'ada.okafor',
  'ben.castillo',
  'chloe.nguyen',
  'dario.rossi',
  'elif.demir',
  'farah.singh',
] as const;

export const manager = 'grace.whitfield@example.com';

/** So many reps, by their emails. */
export function repsOf(count: number): string[] {
  return Array.from(
    { length: count },
    (_, index) => `${named[index] ?? `rep.number-${index + 1}`}@example.com`,
  );
}

/** How soon a card wants an answer; `soon` is for measures that wait for the end of it. */
export type Patience = 'usual' | 'soon';

/** The seconds of `soon`. */
export const soonSeconds = 10;

const acknowledge: Record<Patience, { within: string; ladder: string }> = {
  usual: { within: '15 min', ladder: '{ at: -5 min, do: remind }, { at: 0 min, do: tell manager }' },
  soon: { within: `${soonSeconds} s`, ladder: '{ at: 0 min, do: tell manager }' },
};

/** The policy of the measurements: everybody is at work round the clock, so that no figure depends on the hour. */
export function policyText(reps: readonly string[], patience: Patience): string {
  const { within, ladder } = acknowledge[patience];
  return `
properties: { score: lead_score }
qualification: { required: [email] }
triggers:
  - name: demo_request
    label: Demo request
    when: { conversion: [demo] }
    targets: { acknowledge: ${within}, touch: 1 h }
teams:
  - name: Sales
    manager: ${manager}
    zone: UTC
    hours: { monday-sunday: "00:00-24:00" }
    members:
${reps.map((email) => `      - { email: ${email}, weight: 1 }`).join('\n')}
routing:
  rules:
    - { to: contact owner }
    - { to: account owner }
    - { to: { rotation: Sales } }
  fallback: ${manager}
escalation:
  acknowledge: [${ladder}]
  touch: [{ at: 0 min, do: tell manager }]
grace: [15 min, 1 h]
disqualify_reasons:
  - { name: not_a_fit, label: Not a fit, follow_up: nothing }
`;
}
