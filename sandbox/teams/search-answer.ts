import { z } from 'zod';

export type Choice = { title: string; value: string };

/** "Code snippets for invoke request and response" of "Typeahead search in Adaptive Cards". */
const shape = z.object({
  type: z.literal('application/vnd.microsoft.search.searchResponse'),
  value: z.object({
    results: z.array(z.object({ title: z.string().min(1), value: z.string().min(1) })),
  }),
});

/** The choices that a bot answered a search with, or why Teams can show none of them. */
export function readSearchAnswer(body: unknown): Choice[] | string {
  const parsed = shape.safeParse(body);
  if (parsed.success) return parsed.data.value.results;
  const places = parsed.error.issues.map(({ path, message }) => `/${path.join('/')}: ${message}`);
  return `the answer is no list of results: ${places.join('; ')}`;
}
