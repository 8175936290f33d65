/** What a page is about that shows that a decision is near; the strongest first. */
export const stagesInOrder = [
  'pricing',
  'comparison',
  'caseStudy',
  'security',
  'demo',
  'trial',
  'roi',
] as const;
export type DecisionStage = (typeof stagesInOrder)[number];

/** Words of an address. Whole ones: "demographics" is no "demo". */
const words: Readonly<Record<DecisionStage, RegExp>> = {
  pricing: /(?<![a-z])(?:pricing|prices|plans|preise|precios|precos|tarifs|prezzi)(?![a-z])/,
  comparison: /(?<![a-z])(?:compare|comparisons?|vs|versus|alternatives?|vergleich)(?![a-z])/,
  caseStudy:
    /(?<![a-z])(?:case-stud(?:y|ies)|customers?|success-stor(?:y|ies)|kunden|referenzen|clientes|clients)(?![a-z])/,
  security: /(?<![a-z])(?:security|trust|compliance|sicherheit|seguridad|seguranca|securite)(?![a-z])/,
  demo: /(?<![a-z])demos?(?![a-z])/,
  trial: /(?<![a-z])trials?(?![a-z])/,
  roi: /(?<![a-z])roi(?![a-z])/,
};

/** Of an address within the site; null: it shows nothing of the kind. */
export function decisionStageOf(path: string): DecisionStage | null {
  const address = path.toLowerCase();
  return stagesInOrder.find((stage) => words[stage].test(address)) ?? null;
}

/** With whom a page of comparison compares us, as its address has it: the part behind "/compare/". */
export function rivalIn(path: string): string | null {
  const parts = path.split('/').filter(Boolean);
  const at = parts.findIndex((part) => words.comparison.test(part.toLowerCase()));
  return at >= 0 ? (parts[at + 1] ?? null) : null;
}
