import type { PersonId } from '../../domain/policy/policy.ts';

/**
 * What lets somebody into the dashboard: a link from chat, which is good once; the session that it begins, for what they
 * might read then; or a board for a wall, of one team or, null, of all.
 */
export type Pass = { id: string; person: PersonId; madeAt: Date; until: Date } & (
  | { kind: 'link' }
  | { kind: 'session'; role: string }
  | { kind: 'board'; team: string | null }
);

/** `hash`: of the secret that whoever has the pass knows. */
export type KeptPass = Pass & { hash: Uint8Array };

/** The passes that were given out; what is over lets nobody in. */
export type Passes = {
  add(pass: KeptPass): Promise<void>;
  /** One that is good at a moment; null: there is none, or it is over. */
  find(id: string, now: Date): Promise<KeptPass | null>;
  /** Ends one. @returns whether it was good until then: of several who end it at the same time one hears so */
  end(id: string, by: PersonId, now: Date): Promise<boolean>;
  /** The boards that are good at a moment, the newest first. */
  boards(now: Date): Promise<Extract<Pass, { kind: 'board' }>[]>;
};
