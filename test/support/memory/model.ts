import type { CitableFact, Draft } from '../../../src/domain/briefing/drafted-summary.ts';
import type { LanguageModel, ModelBudget } from '../../../src/flow/ports/model.ts';

export type MemoryModel = LanguageModel & {
  /** What it answers from now on, or throws. */
  answer: (facts: readonly CitableFact[]) => Draft;
  /** What it was told, each time. */
  readonly asked: (readonly CitableFact[])[];
};

/** A language model that says that the lead waits, unless told otherwise. */
export function memoryModel(): MemoryModel {
  const asked: (readonly CitableFact[])[] = [];
  const model: MemoryModel = {
    asked,
    answer: ([first]) => ({ facts: first ? [first.id] : [], text: 'They wait for an answer.' }),
    summarise: async (_, facts) => {
      asked.push(facts);
      return model.answer(facts);
    },
  };
  return model;
}

/** What was used of the budget, day by day. */
export function memoryModelBudget(): ModelBudget {
  const used = new Map<string, number>();
  return {
    take: async (day, atMost) => {
      const before = used.get(day) ?? 0;
      if (before >= atMost) return false;
      used.set(day, before + 1);
      return true;
    },
  };
}
