import { z } from 'zod';
import { fallbackTo, oneOf, requires, someText, url, webAddress } from './card-values.ts';

/**
 * The actions of Adaptive Cards 1.5.
 * @param card what an `Action.ShowCard` shows
 */
export function actionKinds(card: z.ZodType) {
  const common = {
    id: someText.optional(),
    title: z.string().optional(),
    iconUrl: url.optional(),
    style: oneOf('default', 'positive', 'destructive').optional(),
    tooltip: z.string().optional(),
    isEnabled: z.boolean().optional(),
    mode: oneOf('primary', 'secondary').optional(),
    requires: requires.optional(),
    fallback: fallbackTo(z.lazy(() => action)),
  };
  const sending = {
    data: z.union([z.string(), z.record(z.string(), z.unknown())]).optional(),
    associatedInputs: oneOf('auto', 'none').optional(),
  };
  const execute = z.strictObject({
    type: z.literal('Action.Execute'),
    verb: someText.optional(),
    ...sending,
    ...common,
  });
  const submit = z.strictObject({ type: z.literal('Action.Submit'), ...sending, ...common });
  const openUrl = z.strictObject({ type: z.literal('Action.OpenUrl'), url: webAddress, ...common });
  const toggleVisibility = z.strictObject({
    type: z.literal('Action.ToggleVisibility'),
    targetElements: z.array(
      z.union([
        someText,
        z.strictObject({
          type: z.literal('TargetElement').optional(),
          elementId: someText,
          isVisible: z.boolean().optional(),
        }),
      ]),
    ),
    ...common,
  });
  const showCard = z.strictObject({ type: z.literal('Action.ShowCard'), card, ...common });

  const selectAction: z.ZodType = z.discriminatedUnion('type', [execute, submit, openUrl, toggleVisibility]);
  const action: z.ZodType = z.discriminatedUnion('type', [
    execute,
    submit,
    openUrl,
    toggleVisibility,
    showCard,
  ]);
  return { action, selectAction, execute };
}
