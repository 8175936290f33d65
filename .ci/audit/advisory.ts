export const severities = ['low', 'moderate', 'high', 'critical'] as const;

/** Something that is known of a version that production installs. */
export type Advisory = {
  /** GHSA-…, by which exceptions name it. */
  id: string;
  package: string;
  title: string;
  severity: (typeof severities)[number];
};

/** What one who knows advisories said, or why it said nothing. */
export type Answer = { advisories: Advisory[] } | { silentBecause: string };
