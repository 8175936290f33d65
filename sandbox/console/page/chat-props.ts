import type { PersonState } from '../protocol.ts';
import type { Perform } from './use-sandbox.ts';

/** What a person's conversation needs, in whichever chat. */
export type ChatProps = {
  person: PersonState;
  /** Stands where the first message will. */
  emptyText: string;
  /** Not behind the person's other chat. */
  isShown: boolean;
  /** Shown, in a pane that is on the screen. */
  isInSight: boolean;
  draft: string;
  onDraft: (draft: string) => void;
  perform: Perform;
  openContact: (contactId: string) => void;
  /** Shows the record of the lead whose card is used, without going there. */
  followContact: (contactId: string) => void;
};
