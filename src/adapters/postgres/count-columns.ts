import { setImmediate as othersFirst } from 'node:timers/promises';
import type { Sight } from '../../domain/measure/tally.ts';
import { bitsOf, type DayOf, type FactOf, type NumberOf, numbersOf, type Thing } from './measured-columns.ts';

const dayMs = 86_400_000;

/** Under which of the names rows of a day count, by the ids of their sides; -1: they are not in sight. A day may add names. */
export type Naming = { names: readonly (string | null)[]; on(day: number): Int32Array };

/** What rows of one name have in common. */
export type Counted<T extends Thing> = {
  /** How many there are of which these facts are true. */
  of(isMeant: (facts: Readonly<Record<FactOf<T>, boolean>>) => boolean): number;
  /** Every number of a kind, in whatever order. */
  numbers: Readonly<Record<NumberOf<T>, Int32Array>>;
};

/** Counts the rows that qualified in a period, as of a moment, by name. */
export async function countColumns<T extends Thing>(
  thing: T,
  days: readonly DayOf<T>[],
  { from, until }: Pick<Sight, 'from' | 'until'>,
  { names, on }: Naming,
  now: Date,
): Promise<Map<string | null, Counted<T>>> {
  const bits: Readonly<Record<string, number>> = bitsOf(thing);
  const kinds = numbersOf(thing);
  const counts = countsOf(Object.keys(bits).length);
  const numbers = new Map(kinds.map(({ name }) => [name, [] as Growing[]]));
  for (const one of days) {
    await othersFirst();
    const [first, end] = [from, until].map((date) => date.getTime() - one.day * dayMs) as [number, number];
    const nameOf = namesOf(one, on(one.day), { first, end });
    const facts = one.facts.slice();
    for (const { name, fact, oncePast } of kinds) {
      const [bit, values] = [bits[fact] as number, one.numbers[name as NumberOf<T>]];
      if (values instanceof Float64Array) {
        pass({ facts: one.facts, bit, values }, facts, { past: bits[oncePast ?? ''] ?? 0, now });
      } else {
        const into = numbers.get(name) ?? [];
        while (into.length < names.length) into.push(new Growing());
        collect({ facts: one.facts, bit, values }, nameOf, into);
      }
    }
    counts.add(facts, nameOf, names.length);
  }
  return new Map(
    names.flatMap((name, place) => {
      const told = counts.of(place).map(([isTrue, count]) => ({ is: factsIn<T>(isTrue, bits), count }));
      if (told.length === 0) return [];
      const of: Counted<T>['of'] = (isMeant) =>
        told.reduce((sum, { is, count }) => (isMeant(is) ? sum + count : sum), 0);
      const each = [...numbers].map(([kind, all]) => [kind, all[place]?.all() ?? new Int32Array()]);
      return [[name, { of, numbers: Object.fromEntries(each) }] as const];
    }),
  );
}

function namesOf(
  { at, sides }: DayOf<Thing>,
  named: Int32Array,
  { first, end }: { first: number; end: number },
): Int32Array {
  const nameOf = new Int32Array(at.length);
  for (let row = 0; row < at.length; row += 1) {
    const moment = at[row] as number;
    nameOf[row] = moment < first || moment >= end ? -1 : (named[sides[row] as number] as number);
  }
  return nameOf;
}

type Column<Values> = { facts: Int32Array; bit: number; values: Values };

/** Has whatever was due before now be true of its row. */
function pass(
  { facts, bit, values }: Column<Float64Array>,
  into: Int32Array,
  { past, now }: { past: number; now: Date },
): void {
  const moment = now.getTime();
  for (let row = 0, next = 0; row < facts.length; row += 1) {
    if (((facts[row] as number) & bit) === 0) continue;
    if ((values[next] as number) < moment) into[row] = (into[row] as number) | past;
    next += 1;
  }
}

function collect(
  { facts, bit, values }: Column<Int32Array>,
  nameOf: Int32Array,
  into: readonly Growing[],
): void {
  for (let row = 0, next = 0; row < facts.length; row += 1) {
    if (((facts[row] as number) & bit) === 0) continue;
    const name = nameOf[row] as number;
    if (name >= 0) into[name]?.push(values[next] as number);
    next += 1;
  }
}

/** How often which facts are true together, by name. All that could be is few enough to be looked up by its place. */
function countsOf(facts: number) {
  const placeOf = new Int32Array(1 << facts).fill(-1);
  const seen: number[] = [];
  const found: number[][] = [];
  return {
    add: (rows: Int32Array, nameOf: Int32Array, names: number) => {
      while (found.length < names) found.push([]);
      for (let row = 0; row < rows.length; row += 1) {
        const [isTrue, name] = [rows[row] as number, nameOf[row] as number];
        if (name < 0) continue;
        if (placeOf[isTrue] === -1) placeOf[isTrue] = seen.push(isTrue) - 1;
        const counts = found[name] as number[];
        const place = placeOf[isTrue] as number;
        counts[place] = (counts[place] ?? 0) + 1;
      }
    },
    of: (name: number) =>
      (found[name] ?? []).flatMap((count, place) => [[seen[place] as number, count] as const]),
  };
}

function factsIn<T extends Thing>(isTrue: number, bits: Readonly<Record<string, number>>) {
  const each = Object.entries(bits).map(([name, bit]) => [name, (isTrue & bit) !== 0]);
  return Object.fromEntries(each) as Record<FactOf<T>, boolean>;
}

/** Numbers side by side in memory, of which nobody knows before how many there will be. */
class Growing {
  #values = new Int32Array(16);
  #length = 0;

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const former = this.#values;
      this.#values = new Int32Array(this.#length * 2);
      this.#values.set(former);
    }
    this.#values[this.#length] = value;
    this.#length += 1;
  }

  all(): Int32Array {
    return this.#values.subarray(0, this.#length);
  }
}
