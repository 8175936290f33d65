/** What a card may tell of a lead, in the order in which it is told unless the policy says otherwise. */
export const cardParts = [
  'role',
  'words',
  'signals',
  'memory',
  'warnings',
  'summary',
  'answers',
  'openers',
  'fit',
  'about',
  'activity',
] as const;
export type CardPart = (typeof cardParts)[number];

/** What a company wants on its cards: above the buttons besides the usual, first of all, or not at all. */
export type CardLayout = { show: readonly CardPart[]; first: readonly CardPart[]; hide: readonly CardPart[] };

/** A layout for the handoffs of a trigger, a team, or all of them. */
export type CardRule = CardLayout & { trigger: string | null; team: string | null };

const usual: CardLayout = { show: [], first: [], hide: [] };

/** The first rule that is for a handoff counts, whole. */
export function cardLayout(
  rules: readonly CardRule[],
  { trigger, team }: { trigger: string; team: string | null },
): CardLayout {
  const rule = rules.find(
    (one) => (one.trigger === null || one.trigger === trigger) && (one.team === null || one.team === team),
  );
  return rule ?? usual;
}
