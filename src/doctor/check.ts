import { inTime } from '../adapters/in-time.ts';

/** As it should be; so that it is worth knowing; not as it should be, but leads are handed over; or so that they are not. */
export type State = 'right' | 'note' | 'warning' | 'wrong';

/** What was seen, and what whoever runs the bot does about it. */
export type Finding = { state: State; found: string; remedy?: string };

/** One thing that has to be so for the bot to do its work; its name is a heading of `docs/doctor.md`. */
export type Check = { name: string; look(): Promise<readonly Finding[]> };

export type Examined = Finding & { check: string };

/** Whatever answers later does not answer for a lead either. */
const looksWithinMs = 60_000;

/** Looks at everything at once; what cannot be looked at is a warning, and keeps nothing else from being looked at. */
export async function examine(checks: readonly Check[]): Promise<Examined[]> {
  const all = await Promise.all(
    checks.map(async ({ name, look }) => (await findingsOf(look)).map((one) => ({ check: name, ...one }))),
  );
  return all.flat();
}

async function findingsOf(look: Check['look']): Promise<readonly Finding[]> {
  try {
    const found = await inTime(look(), looksWithinMs);
    return found ?? [unseen(`no answer within ${looksWithinMs / 1000} s`)];
  } catch (error) {
    return [unseen(error instanceof Error ? error.message : String(error))];
  }
}

function unseen(why: string): Finding {
  return warning(`could not be looked at: ${why}`, 'Mend what else is wrong, and look again.');
}

/** The worst of them; a note is nothing bad. */
export function worstOf(findings: readonly Finding[]): Exclude<State, 'note'> {
  const states = new Set(findings.map(({ state }) => state));
  if (states.has('wrong')) return 'wrong';
  return states.has('warning') ? 'warning' : 'right';
}

export const right = (found: string): Finding => ({ state: 'right', found });
export const note = (found: string): Finding => ({ state: 'note', found });
export const warning = (found: string, remedy: string): Finding => ({ state: 'warning', found, remedy });
export const wrong = (found: string, remedy: string): Finding => ({ state: 'wrong', found, remedy });
