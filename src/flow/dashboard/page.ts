import type { Reader } from '../../domain/measure/reader.ts';
import type { Sight, Tally } from '../../domain/measure/tally.ts';
import { noAssignments, noHandoffs } from '../../domain/measure/tally.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { Names } from '../../domain/words/line.ts';
import type { keepMeasured } from '../measure/keep-measured.ts';
import type { Block, Gate, Visit } from '../ports/dashboard.ts';
import type { Erasures } from '../ports/erasures.ts';
import type { Handoffs } from '../ports/handoffs.ts';
import type { Decisions } from '../ports/inbox.ts';
import type { MeasuredLists } from '../ports/measured-lists.ts';
import type { Side } from '../ports/measures.ts';
import type { Directory } from '../ports/people.ts';
import type { Suppressions } from '../ports/suppressions.ts';
import type { PolicyOf } from '../ports/time.ts';
import type { FilterName, Filters } from './filters.ts';

export type PageNeeds = Parameters<typeof keepMeasured>[0] & {
  lists: MeasuredLists;
  handoffs: Handoffs;
  decisions: Decisions;
  directory: Directory;
  erasures: Erasures;
  suppressions: Suppressions;
  policyOf: PolicyOf;
  gate: Pick<Gate, 'boards'>;
};

/** What somebody asks a page for. */
export type Asked = {
  visit: Visit;
  filters: Filters;
  /** The leads of the period, and those of the one before, as far as they may read of them. */
  sight: Sight;
  before: Sight;
  policy: Policy;
  names: Names;
  now: Date;
};

/** A page of the dashboard; its title is the message `dashboard.<name>Page`. */
export type Page = {
  isFor: (reader: Reader) => boolean;
  filters: readonly FilterName[];
  read: (asked: Asked, needs: PageNeeds) => Promise<readonly Block[]>;
};

export const everybody = (): boolean => true;
/** But for boards, which are a page of their own. */
export const anybody = ({ role }: Reader): boolean => role !== 'board';

/** All that numbers of a period are narrowed by. */
export const allFilters: readonly FilterName[] = ['period', 'team', 'rep', 'trigger', 'source'];

const nothing: Tally = { ...noAssignments, ...noHandoffs };

/** Over all leads in sight, in this period and the one before. */
export async function bothTallies(
  { sight, before, now }: Pick<Asked, 'sight' | 'before' | 'now'>,
  { measures }: Pick<PageNeeds, 'measures'>,
): Promise<{ tally: Tally; earlier: Tally }> {
  const [tally, earlier] = await Promise.all([
    tallyOf(sight, { measures, now }),
    tallyOf(before, { measures, now }),
  ]);
  return { tally, earlier };
}

/** Over all leads in a sight. */
export async function tallyOf(
  sight: Sight,
  { measures, now }: Pick<PageNeeds, 'measures'> & Pick<Asked, 'now'>,
): Promise<Tally> {
  return (await measures.tallies(sight, null, now)).get(null) ?? nothing;
}

/** Told apart by a side, this period and the one before. */
export async function talliesBy(
  side: Side,
  { sight, before, now }: Pick<Asked, 'sight' | 'before' | 'now'>,
  { measures }: Pick<PageNeeds, 'measures'>,
): Promise<{ name: string | null; tally: Tally; earlier: Tally }[]> {
  const [tallies, earlier] = await Promise.all([
    measures.tallies(sight, side, now),
    measures.tallies(before, side, now),
  ]);
  return [...tallies].map(([name, tally]) => ({ name, tally, earlier: earlier.get(name) ?? nothing }));
}
