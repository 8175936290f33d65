import { z } from 'zod';
import type { Destination } from '../domain/policy/policy.ts';
import { email, found, word } from './values.ts';

const people = [
  z.strictObject({ rep: email.describe('This person.') }),
  z.strictObject({ rotation: word.describe('Whose turn it is in this team.') }),
  z.strictObject({ pool: word.describe('Everybody of this team who is at work: the first to claim it.') }),
] as const;

const peopleInWords = '{ rep: <email> }, { rotation: <team> } or { pool: <team> }';

/** Where a routing rule leads. */
export const destination = z.union([z.enum(['contact owner', 'account owner']), ...people], {
  error: found(`"contact owner", "account owner", ${peopleInWords}`),
});

/** Who gets a lead that somebody else has let wait. */
export const successor = z.union([z.literal('routing'), ...people], {
  error: found(`"routing", ${peopleInWords}`),
});

export type RawDestination = z.output<typeof destination>;
type RawPeople = z.output<(typeof people)[number]>;

export function toDestination(raw: RawDestination): Destination {
  if (raw === 'contact owner') return { kind: 'contactOwner' };
  if (raw === 'account owner') return { kind: 'accountOwner' };
  return toPeople(raw);
}

/** Null: whoever the routing rules find. */
export function toSuccessor(raw: z.output<typeof successor>): Destination | null {
  return raw === 'routing' ? null : toPeople(raw);
}

function toPeople(raw: RawPeople): Destination {
  if ('rep' in raw) return { kind: 'rep', person: raw.rep };
  return 'rotation' in raw ? { kind: 'rotation', team: raw.rotation } : { kind: 'pool', team: raw.pool };
}

/** What a rule without a name is called: where it leads. */
export function nameOf(raw: RawDestination): string {
  return typeof raw === 'string' ? raw : Object.entries(raw).flat().join(' ');
}
