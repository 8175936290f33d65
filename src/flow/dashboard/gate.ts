import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { boardReader, mayMakeBoards, type Reader, readerOf, roleKey } from '../../domain/measure/reader.ts';
import type { PersonId, Policy } from '../../domain/policy/policy.ts';
import { workZone } from '../../domain/policy/working-hours.ts';
import { wordsIn } from '../../domain/words/words.ts';
import { inactiveOf, namesOf } from '../people/people.ts';
import { wordsFor } from '../people/words-of.ts';
import type { Gate, Visit } from '../ports/dashboard.ts';
import type { KeptPass, Pass, Passes } from '../ports/passes.ts';
import type { Directory } from '../ports/people.ts';
import type { Clock } from '../ports/time.ts';

export type GateNeeds = {
  passes: Passes;
  directory: Directory;
  policy: () => Policy;
  clock: Clock;
  publicUrl: string;
};

const minuteMs = 60_000;
const linkMs = 10 * minuteMs;
const sessionMs = 12 * 60 * minuteMs;
const dayMs = 24 * 60 * minuteMs;

/** A link into the dashboard for somebody, which is good once and for ten minutes. */
export async function linkFor(person: PersonId, { passes, clock, publicUrl }: GateNeeds): Promise<string> {
  const now = clock();
  const pass = { ...fresh(person, now, linkMs), kind: 'link' } as const;
  return `${publicUrl}/dashboard/enter/${await issue(pass, passes)}`;
}

/**
 * Who comes in, and as whom. A token names its pass, and proves it with a secret of which only a hash is kept. One that is
 * unknown, over or made up is answered alike.
 */
export function gate(needs: GateNeeds): Gate {
  const { passes, directory, policy, clock, publicUrl } = needs;

  const readerNow = async (person: PersonId) =>
    readerOf(policy(), person, inactiveOf(await directory.people()));

  const visitOf = async (pass: Pass, reader: Reader): Promise<Visit> => {
    const people = await directory.people();
    const { language, marketing, teams } = policy();
    const zone = workZone(policy(), pass.person) ?? marketing?.zone ?? teams[0]?.hours.zone ?? 'UTC';
    const isBoard = pass.kind === 'board';
    return {
      ...{ reader, zone },
      words: isBoard ? wordsIn(language) : wordsFor(pass.person, 'slack', { people, policy: { language } }),
      name: isBoard ? (pass.team ?? '') : (namesOf(people).get(pass.person) ?? pass.person),
    };
  };

  return {
    enter: async (token) => {
      const now = clock();
      const link = await proven(token, 'link', needs);
      if (!link) return null;
      const reader = await readerNow(link.person);
      if (!reader || !(await passes.end(link.id, link.person, now))) return null;
      const session = {
        ...fresh(link.person, now, sessionMs),
        kind: 'session',
        role: roleKey(reader),
      } as const;
      return { token: await issue(session, passes), seconds: sessionMs / 1000 };
    },

    visit: async (token) => {
      const session = await proven(token, 'session', needs);
      const reader = session && (await readerNow(session.person));
      return session && reader && session.role === roleKey(reader) ? visitOf(session, reader) : null;
    },

    leave: async (token) => {
      const session = await proven(token, 'session', needs);
      if (session) await passes.end(session.id, session.person, clock());
    },

    board: async (token) => {
      const board = await proven(token, 'board', needs);
      if (!board) return null;
      // Whoever made it answers for it as long as they may read what it tells.
      const maker = await readerNow(board.person);
      if (!maker || !mayMakeBoards(maker) || !isWithin(board, maker)) return null;
      return visitOf(board, boardReader(board.team));
    },

    boards: async ({ reader }) => {
      if (!mayMakeBoards(reader)) return [];
      const names = namesOf(await directory.people());
      const all = await passes.boards(clock());
      return all
        .filter((board) => isWithin(board, reader))
        .map(({ id, person, team, madeAt, until }) => ({
          ...{ id, team, madeAt, until },
          by: names.get(person) ?? person,
        }));
    },

    makeBoard: async ({ reader }, { team, days }) => {
      if (!reader.person || !mayMakeBoards(reader) || !isWithin({ team }, reader)) return null;
      const board = { ...fresh(reader.person, clock(), days * dayMs), kind: 'board', team } as const;
      return `${publicUrl}/dashboard/board/${await issue(board, passes)}`;
    },

    revokeBoard: async ({ reader }, id) => {
      const board = await passes.find(id, clock());
      const isTheirs = board?.kind === 'board' && mayMakeBoards(reader) && isWithin(board, reader);
      if (isTheirs && reader.person) await passes.end(id, reader.person, clock());
    },

    languageOfStrangers: () => policy().language,
  };
}

/** Whether somebody reads all that a board tells. */
function isWithin({ team }: { team: string | null }, { teams }: Reader): boolean {
  return teams === 'all' || (team !== null && teams.includes(team));
}

function fresh(person: PersonId, now: Date, forMs: number) {
  return { id: randomUUID(), person, madeAt: now, until: new Date(now.getTime() + forMs) };
}

/** Keeps a pass. @returns its token */
async function issue(pass: Pass, passes: Passes): Promise<string> {
  const secret = randomBytes(32).toString('base64url');
  await passes.add({ ...pass, hash: hashOf(secret) });
  return `${pass.id}.${secret}`;
}

/** The pass that a token proves; null for any other. */
async function proven<Kind extends Pass['kind']>(
  token: string,
  kind: Kind,
  { passes, clock }: Pick<GateNeeds, 'passes' | 'clock'>,
): Promise<Extract<KeptPass, { kind: Kind }> | null> {
  const [id = '', secret = ''] = token.split('.');
  const pass = await passes.find(id, clock());
  if (pass?.kind !== kind || !timingSafeEqual(hashOf(secret), pass.hash)) return null;
  return pass as Extract<KeptPass, { kind: Kind }>;
}

function hashOf(secret: string): Uint8Array {
  return createHash('sha256').update(secret).digest();
}
