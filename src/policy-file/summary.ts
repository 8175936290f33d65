import { z } from 'zod';
import type { Policy } from '../domain/policy/policy.ts';
import { found, word } from './values.ts';

const webAddress = z
  .url({ protocol: /^https?$/, error: found('an http or https address such as https://api.openai.com/v1') })
  .transform((url) => url.replace(/(?<!\/)\/+$/, ''));

/** Who summarises leads. */
export const summary = z.strictObject({
  model: z
    .strictObject({
      url: webAddress.describe(
        "Where a server speaks OpenAI's chat completions: the address before /chat/completions.",
      ),
      name: word.describe('The model, as that server calls it.'),
      daily_budget: z
        .int({ error: found('a whole number') })
        .min(1, { error: found('a budget of 1 or more') })
        .default(200)
        .describe('At most so many calls a day, in UTC; 200 unless told otherwise.'),
    })
    .optional()
    .describe(
      'A language model that gets what is known of a lead once its card is there; none unless told otherwise.',
    ),
});

/** Nothing where no model is named. */
export function toSummaryModel(raw: z.output<typeof summary> | undefined): Pick<Policy, 'summaryModel'> {
  if (!raw?.model) return {};
  const { url, name, daily_budget: dailyBudget } = raw.model;
  return { summaryModel: { url, name, dailyBudget } };
}
