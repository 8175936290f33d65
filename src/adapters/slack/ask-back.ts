import type { ModalView } from '@slack/types';
import type { AskBack, Click } from '../../flow/ports/chat.ts';
import { preparedModal } from './modals.ts';

/** Puts a modal in front of whoever did something; what they did is known by its trigger. */
export type Open = (triggerId: string, view: ModalView) => Promise<unknown>;

/** Slack opens nothing later than three seconds after the click ("views.open"), and the way there takes its time. */
const triggerMs = 2500;

/** How a form can follow what somebody did, by itself. */
export function askingBack(triggerId: string | null, click: Click, open: Open): AskBack | undefined {
  if (triggerId === null) return undefined;
  return {
    forMs: triggerMs,
    show: async (form) => {
      await open(triggerId, preparedModal(form, click));
    },
  };
}
