import { PolicyError, parsePolicy } from '../../../src/policy-file.ts';

/** A policy with little in it. */
export const small = `\
properties:
  score: lead_score
qualification:
  required: [email]
triggers:
  - name: demo
    label: Demo request
    when: { conversion: [demo] }
    targets: { acknowledge: 15 min, touch: 1 h }
  - name: score
    label: Score
    when: { score_reached: 50 }
    targets: { acknowledge: 4 h, touch: 2 days, counted_in: wall clock }
teams:
  - name: West
    manager: Max@Example.com
    zone: America/New_York
    hours: { monday-friday: "09:00-17:30" }
    members:
      - { email: ann@example.com, weight: 2 }
      - { email: bea@example.com, zone: Asia/Kolkata, hours: { saturday: ["13:00-24:00", "9:00-12:00"] } }
routing:
  rules: [{ to: contact owner }, { to: account owner }, { to: { rotation: West } }]
  fallback: max@example.com
escalation:
  acknowledge:
    - { at: -5 min, do: remind }
    - { at: 0 min, do: tell manager }
  touch: [{ at: 0 min, do: tell manager }]
grace: [45 s, 1 day]
disqualify_reasons:
  - { name: spam, label: Spam, follow_up: nothing, refund: true }
  - { name: timing, label: Timing, follow_up: note }
`;

/** The problems of a text that is no policy. */
export function problemsOf(text: string): readonly string[] {
  try {
    parsePolicy(text, 'policy.yaml');
    return [];
  } catch (error) {
    if (error instanceof PolicyError) return error.problems;
    throw error;
  }
}
