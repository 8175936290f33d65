import type { HandoffId } from '../handoff/handoff.ts';
import type { Line } from '../words/line.ts';
import type { CommandName } from './command-name.ts';
import type { FormName } from './form.ts';
import type { Tone } from './tone.ts';

/** A button outside of a card. */
export type ReplyAction =
  /** Does what typing these words after `/handoff` would do; the answer takes the place of the one that was pressed. */
  | { kind: 'say'; words: string; label: string; primary?: true }
  /** A command of a lead's card from elsewhere; what it stands on is asked for anew. */
  | { kind: 'act'; command: CommandName | 'show'; handoffId: HandoffId; label: string }
  /** The same where that is brought up to date by itself, as a message that calls somebody is. */
  | {
      kind: 'command';
      command: CommandName | 'show';
      handoffId: HandoffId;
      label: string;
      primary?: boolean;
    }
  /** Brings a form of a lead's card; what it stands on stays. */
  | { kind: 'form'; form: FormName; handoffId: HandoffId; label: string }
  | { kind: 'link'; url: string; label: string };

/** Something in a list, mostly a lead: what it is, what there is to know of it, and what can be done. */
export type Row = {
  tone?: Tone;
  text: Line;
  detail?: Line;
  actions: readonly ReplyAction[];
};

export type RowsSection = { kind: 'rows'; title?: string; rows: readonly Row[] };
