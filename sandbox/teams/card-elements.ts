import { z } from 'zod';
import {
  backgroundImage,
  blockHeight,
  chartColor,
  color,
  containerStyle,
  date,
  fallbackTo,
  fontSize,
  fontType,
  fontWeight,
  horizontal,
  oneOf,
  pixels,
  requires,
  size,
  someText,
  spacing,
  time,
  url,
  vertical,
} from './card-values.ts';

/**
 * The elements of Adaptive Cards 1.5, without `Media`, which Teams does not play in bots' cards, and a chart: Teams knows
 * those in cards of 1.5 ("Charts in Adaptive Cards").
 * @param action what stands in an `ActionSet`
 * @param selectAction what happens when an element itself is chosen
 */
export function elementKinds({ action, selectAction }: { action: z.ZodType; selectAction: z.ZodType }) {
  const element: z.ZodType = z.lazy(() => anyElement);
  const elements = z.array(element);

  const item = {
    id: someText.optional(),
    isVisible: z.boolean().optional(),
    requires: requires.optional(),
    separator: z.boolean().optional(),
    spacing: spacing.optional(),
    fallback: fallbackTo(element),
  };
  const block = { ...item, height: blockHeight.optional() };
  const box = {
    selectAction: selectAction.optional(),
    style: containerStyle.optional(),
    bleed: z.boolean().optional(),
    minHeight: pixels.optional(),
  };
  const area = {
    ...box,
    verticalContentAlignment: vertical.optional(),
    backgroundImage: backgroundImage.optional(),
    rtl: z.boolean().optional(),
  };
  const run = {
    color: color.optional(),
    fontType: fontType.optional(),
    isSubtle: z.boolean().optional(),
    size: fontSize.optional(),
    weight: fontWeight.optional(),
  };

  const textBlock = z.strictObject({
    type: z.literal('TextBlock'),
    text: z.string(),
    horizontalAlignment: horizontal.optional(),
    maxLines: z.int().positive().optional(),
    wrap: z.boolean().optional(),
    style: oneOf('default', 'heading').optional(),
    ...run,
    ...block,
  });
  const textRun = z.strictObject({
    type: z.literal('TextRun'),
    text: z.string(),
    highlight: z.boolean().optional(),
    italic: z.boolean().optional(),
    strikethrough: z.boolean().optional(),
    underline: z.boolean().optional(),
    selectAction: selectAction.optional(),
    ...run,
  });
  const richTextBlock = z.strictObject({
    type: z.literal('RichTextBlock'),
    inlines: z.array(z.union([z.string(), textRun])),
    horizontalAlignment: horizontal.optional(),
    ...block,
  });
  const factSet = z.strictObject({
    type: z.literal('FactSet'),
    facts: z.array(
      z.strictObject({ type: z.literal('Fact').optional(), title: z.string(), value: z.string() }),
    ),
    ...block,
  });
  const image = z.strictObject({
    type: z.literal('Image'),
    url,
    altText: z.string().optional(),
    backgroundColor: z.string().optional(),
    horizontalAlignment: horizontal.optional(),
    selectAction: selectAction.optional(),
    size: size.optional(),
    style: oneOf('default', 'person').optional(),
    width: pixels.optional(),
    msteams: z.strictObject({ allowExpand: z.boolean() }).optional(),
    ...item,
    height: z.union([blockHeight, pixels]).optional(),
  });
  const imageSet = z.strictObject({
    type: z.literal('ImageSet'),
    images: z.array(image),
    imageSize: size.optional(),
    ...block,
  });

  const container = z.strictObject({ type: z.literal('Container'), items: elements, ...area, ...block });
  const column: z.ZodType = z.lazy(() =>
    z.strictObject({
      type: z.literal('Column').optional(),
      items: elements.optional(),
      width: z.union([z.number().positive(), oneOf('auto', 'stretch'), pixels]).optional(),
      ...area,
      ...item,
      fallback: fallbackTo(column),
    }),
  );
  const columnSet = z.strictObject({
    type: z.literal('ColumnSet'),
    columns: z.array(column).optional(),
    horizontalAlignment: horizontal.optional(),
    ...box,
    ...block,
  });
  const actionSet = z.strictObject({ type: z.literal('ActionSet'), actions: z.array(action), ...block });

  const cellAlignment = {
    horizontalCellContentAlignment: horizontal.optional(),
    verticalCellContentAlignment: vertical.optional(),
  };
  const cell = z.strictObject({ type: z.literal('TableCell').optional(), items: elements, ...area });
  const table = z.strictObject({
    type: z.literal('Table'),
    columns: z
      .array(
        z.strictObject({
          type: z.literal('TableColumnDefinition').optional(),
          width: z.union([z.number().positive(), pixels]).optional(),
          ...cellAlignment,
        }),
      )
      .optional(),
    rows: z
      .array(
        z.strictObject({
          type: z.literal('TableRow').optional(),
          cells: z.array(cell).optional(),
          style: containerStyle.optional(),
          ...cellAlignment,
        }),
      )
      .optional(),
    firstRowAsHeader: z.boolean().optional(),
    showGridLines: z.boolean().optional(),
    gridStyle: containerStyle.optional(),
    ...cellAlignment,
    ...block,
  });

  const groupedBars = z.strictObject({
    type: z.literal('Chart.VerticalBar.Grouped'),
    title: z.string().optional(),
    xAxisTitle: z.string().optional(),
    yAxisTitle: z.string().optional(),
    stacked: z.boolean().optional(),
    showBarValues: z.boolean().optional(),
    colorSet: oneOf('categorical', 'sequential', 'diverging').optional(),
    color: chartColor.optional(),
    data: z.array(
      z.strictObject({
        legend: z.string(),
        color: chartColor.optional(),
        values: z.array(z.strictObject({ x: z.union([z.string(), z.number()]), y: z.number() })),
      }),
    ),
    horizontalAlignment: horizontal.optional(),
    ...block,
  });

  const input = {
    ...block,
    id: someText,
    label: z.string().optional(),
    isRequired: z.boolean().optional(),
    errorMessage: z.string().optional(),
  };
  const inputText = z.strictObject({
    type: z.literal('Input.Text'),
    isMultiline: z.boolean().optional(),
    maxLength: z.int().positive().optional(),
    placeholder: z.string().optional(),
    regex: z.string().refine(isPattern, { error: 'expected a regular expression' }).optional(),
    style: oneOf('text', 'tel', 'url', 'email', 'password').optional(),
    inlineAction: selectAction.optional(),
    value: z.string().optional(),
    ...input,
  });
  const inputChoiceSet = z.strictObject({
    type: z.literal('Input.ChoiceSet'),
    choices: z.array(
      z.strictObject({ type: z.literal('Input.Choice').optional(), title: someText, value: someText }),
    ),
    isMultiSelect: z.boolean().optional(),
    // Teams knows it in cards of any version ("Typeahead search in Adaptive Cards").
    'choices.data': z
      .strictObject({
        type: z.literal('Data.Query'),
        dataset: someText,
        count: z.int().positive().optional(),
        skip: z.int().nonnegative().optional(),
        associatedInputs: oneOf('auto', 'none').optional(),
      })
      .optional(),
    style: oneOf('compact', 'expanded', 'filtered').optional(),
    value: z.string().optional(),
    placeholder: z.string().optional(),
    wrap: z.boolean().optional(),
    ...input,
  });
  const inputToggle = z.strictObject({
    type: z.literal('Input.Toggle'),
    title: z.string(),
    value: z.string().optional(),
    valueOff: z.string().optional(),
    valueOn: z.string().optional(),
    wrap: z.boolean().optional(),
    ...input,
  });
  const inputNumber = z.strictObject({
    type: z.literal('Input.Number'),
    max: z.number().optional(),
    min: z.number().optional(),
    placeholder: z.string().optional(),
    value: z.number().optional(),
    ...input,
  });
  const inputDate = z.strictObject({
    type: z.literal('Input.Date'),
    max: date.optional(),
    min: date.optional(),
    placeholder: z.string().optional(),
    value: date.optional(),
    ...input,
  });
  const inputTime = z.strictObject({
    type: z.literal('Input.Time'),
    max: time.optional(),
    min: time.optional(),
    placeholder: z.string().optional(),
    value: time.optional(),
    ...input,
  });

  const anyElement: z.ZodType = z.discriminatedUnion('type', [
    textBlock,
    richTextBlock,
    factSet,
    image,
    imageSet,
    container,
    columnSet,
    actionSet,
    table,
    groupedBars,
    inputText,
    inputChoiceSet,
    inputToggle,
    inputNumber,
    inputDate,
    inputTime,
  ]);
  return element;
}

function isPattern(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}
