import { z } from 'zod';
import { type Changed, type Pressed, parseClick } from './parse-action.ts';
import { answerCallbackId } from './reply-modal.ts';

/** A view with buttons and nothing to fill in: somebody's home, or a modal with an answer. */
export type Page = { on: 'home' } | { on: 'answer'; viewId: string };

/** What somebody pressed on it, as on a message. */
export type PressedOnPage = {
  page: Page;
  userId: string;
  triggerId: string | null;
  pressed: Exclude<Pressed, Changed>;
};

const pagePayload = z.object({
  user: z.object({ id: z.string() }),
  trigger_id: z.string().nullish(),
  view: z.union([
    z.object({ type: z.literal('home') }),
    z.object({ type: z.literal('modal'), callback_id: z.literal(answerCallbackId), id: z.string() }),
  ]),
});

/** Reads a `block_actions` payload; null when nothing was pressed on a page. Whatever it is, it does not throw. */
export function parsePage(payload: unknown): PressedOnPage | null {
  const parsed = pagePayload.safeParse(payload);
  if (!parsed.success) return null;
  const { user, view, trigger_id } = parsed.data;
  const pressed = parseClick({ ...(payload as object), view: undefined });
  const page: Page = view.type === 'home' ? { on: 'home' } : { on: 'answer', viewId: view.id };
  if (pressed.kind === 'changed') return null;
  return { page, userId: user.id, triggerId: trigger_id ?? null, pressed };
}
