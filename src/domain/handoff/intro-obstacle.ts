/** Why no intro was sent: because of the lead, of whoever has it, or of HubSpot. */
export type IntroObstacle =
  | { kind: 'notOptedIn' | 'optedOut' | 'noEmail' | 'undeliverable' | 'inSequence' | 'answered' | 'meeting' }
  /** One was sent then. */
  | { kind: 'recent'; at: Date }
  | RepsObstacle;

/** What is so of one rep, or of the bot at that moment, and need not keep the next holder. */
export type RepsObstacle =
  | { kind: 'noSequence'; sequence: string }
  | { kind: 'noOwner' | 'noMailbox' | 'noSeat' | 'noScope' | 'dayFull' | 'refused' | 'unanswered' };

const repsObstacles: ReadonlySet<IntroObstacle['kind']> = new Set<RepsObstacle['kind']>([
  'noSequence',
  'noOwner',
  'noMailbox',
  'noSeat',
  'noScope',
  'dayFull',
  'refused',
  'unanswered',
]);

/** Whether somebody else who gets the lead may still introduce themselves. */
export function isAboutRep({ kind }: IntroObstacle): boolean {
  return repsObstacles.has(kind);
}
