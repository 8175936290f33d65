import type { CitableFact, Draft } from '../../domain/briefing/drafted-summary.ts';
import type { SummaryModel } from '../../domain/policy/policy.ts';

/** A language model that somebody of the company chose. What it says is a stranger's word. */
export type LanguageModel = {
  /**
   * Has it summarise facts.
   * @throws TemporaryFailure when it does not answer in time, or not in the form that was asked for
   */
  summarise(model: SummaryModel, facts: readonly CitableFact[]): Promise<Draft>;
};

/** How often the model was asked. It is counted for all processes together, and a restart does not begin anew. */
export type ModelBudget = {
  /** Counts one more call of a day, `YYYY-MM-DD`, before it is made. @returns false, and counts nothing, at the limit */
  take(day: string, atMost: number): Promise<boolean>;
};
