import { z } from 'zod';

/** What a card tells of a lead. */
export const briefing = z
  .strictObject({
    form_answers: z
      .boolean({ error: 'expected true or false' })
      .default(true)
      .describe('Whether what the lead wrote into its newest form is read; it is unless told otherwise.'),
  })
  .prefault({})
  .describe('What a card tells of a lead.');

/** What pages of the website are called, by their paths. */
export const pages = z
  .record(
    z.string().regex(/^\//, 'expected a path of your website, such as /pricing'),
    z.string().trim().min(1, 'expected what the page is called'),
  )
  .default({})
  .describe('What pages of your website are called on the cards, by their paths.');
