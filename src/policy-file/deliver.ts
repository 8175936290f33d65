import { z } from 'zod';
import { found } from './values.ts';

const form =
  /^(?:digest )?(?:hourly|at ((?:[01]?\d|2[0-3]):[0-5]\d(?:(?:, ?| and )(?:[01]?\d|2[0-3]):[0-5]\d)*))$/;
const expected = '"digest at 09:00", "digest at 09:00 and 14:00", or "digest hourly"';

/** When the leads of a trigger come together in one message, in minutes after midnight. */
export const deliver = z
  .string({ error: found(expected) })
  .meta({ pattern: form.source, examples: ['digest at 09:00', 'digest at 09:00 and 14:00', 'digest hourly'] })
  .transform((text, context): readonly number[] => {
    const matched = form.exec(text.trim());
    if (!matched) {
      context.addIssue(found(expected)({ input: text }));
      return z.NEVER;
    }
    const [, times] = matched;
    if (times === undefined) return Array.from({ length: 24 }, (_, hour) => hour * 60);
    return times.split(/, ?| and /).map((time) => {
      const [hour, minute] = time.split(':').map(Number);
      return (hour ?? 0) * 60 + (minute ?? 0);
    });
  });
