import { z } from 'zod';

/** One of these words; Adaptive Cards do not mind their case. */
export function oneOf(...words: readonly string[]) {
  const known = new Set(words.map((word) => word.toLowerCase()));
  return z.string().refine((value) => known.has(value.toLowerCase()), {
    error: `expected one of ${words.join(', ')}`,
  });
}

/** A text that says something: empty ones are refused where Teams would show nothing, or find nothing. */
export const someText = z.string().min(1);

export const url = z.string().refine((value) => URL.canParse(value), { error: 'expected an absolute URL' });

/**
 * Where an action leads. Teams' clients for desktop and web do nothing with a telephone number or an address of a
 * mail; the links of a text they follow.
 */
export const webAddress = z
  .string()
  .refine((value) => ['https:', 'http:'].includes(URL.parse(value)?.protocol ?? ''), {
    error: 'expected an absolute URL with https or http',
  });

export const pixels = z.string().regex(/^\d+px$/, { error: 'expected pixels such as "50px"' });

export const size = oneOf('auto', 'stretch', 'small', 'medium', 'large');
export const horizontal = oneOf('left', 'center', 'right');
export const vertical = oneOf('top', 'center', 'bottom');
export const blockHeight = oneOf('auto', 'stretch');
export const containerStyle = oneOf('default', 'emphasis', 'good', 'attention', 'warning', 'accent');
export const spacing = oneOf('default', 'none', 'small', 'medium', 'large', 'extraLarge', 'padding');
export const color = oneOf('default', 'dark', 'light', 'accent', 'good', 'warning', 'attention');
export const fontSize = oneOf('default', 'small', 'medium', 'large', 'extraLarge');
export const fontWeight = oneOf('default', 'lighter', 'bolder');
/** ("Charts in Adaptive Cards".) */
export const chartColor = oneOf(
  ...[
    'good',
    'warning',
    'attention',
    'neutral',
    'categoricalRed',
    'categoricalPurple',
    'categoricalLavender',
  ],
  ...['categoricalBlue', 'categoricalLightBlue', 'categoricalTeal', 'categoricalGreen', 'categoricalLime'],
  ...['categoricalMarigold', ...Array.from({ length: 8 }, (_, index) => `sequential${index + 1}`)],
  ...['divergingBlue', 'divergingLightBlue', 'divergingCyan', 'divergingTeal', 'divergingYellow'],
  ...['divergingPeach', 'divergingLightRed', 'divergingRed', 'divergingMaroon', 'divergingGray'],
);
export const fontType = oneOf('default', 'monospace');

export const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, { error: 'expected a date, YYYY-MM-DD' });
export const time = z.string().regex(/^\d{2}:\d{2}$/, { error: 'expected a time, HH:MM' });

/** Features that an item needs, with the version of each. */
export const requires = z.record(z.string(), z.string());

export const backgroundImage = z.union([
  url,
  z.strictObject({
    type: z.literal('BackgroundImage').optional(),
    url,
    fillMode: oneOf('cover', 'repeatHorizontally', 'repeatVertically', 'repeat').optional(),
    horizontalAlignment: horizontal.optional(),
    verticalAlignment: vertical.optional(),
  }),
]);

/** What stands in for an item that a client does not know: another item, or nothing. */
export function fallbackTo(item: z.ZodType) {
  return z.union([z.literal('drop'), item]).optional();
}
