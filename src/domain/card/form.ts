import type { Handoff } from '../handoff/handoff.ts';
import type { PortalProperty } from '../lead/portal-property.ts';
import type { Policy } from '../policy/policy.ts';
import type { Availability } from '../routing/availability.ts';
import type { Names } from '../words/line.ts';
import type { Language, Words } from '../words/words.ts';

/** What a person fills in before a command, in a language: a modal in Slack, a message of its own in Teams. */
export type Form = {
  name: FormName;
  title: string;
  submit: string;
  fields: readonly Field[];
  language: Language;
};

export const formNames = [
  'logTouch',
  'disqualify',
  'handBack',
  'snooze',
  'reassign',
  'giveGrace',
  'fillIn',
  'update',
] as const;
export type FormName = (typeof formNames)[number];

/**
 * One question. `required`: nothing can be sent in without its answer. What it begins with is in `initial`, also what was
 * typed so far.
 */
export type Field = {
  name: string;
  label: string;
  hint: string | null;
  required: boolean;
} /** `changes`: what is asked besides depends on it, so that the form is made anew when it is answered. */ & (
  | { kind: 'choice'; options: readonly Option[]; initial: string | null; changes?: boolean }
  /** Any number of the options. */
  | { kind: 'choices'; options: readonly Option[]; initial: readonly string[] }
  | { kind: 'text'; maxLength: number; initial?: string }
  /** A day without a time, `YYYY-MM-DD`, no earlier than `min`. */
  | { kind: 'date'; min: string | null; initial: string | null }
  /** A time of day without a day, `HH:MM`, where whoever the form is about lives. */
  | { kind: 'time'; initial: string | null }
  | { kind: 'number'; decimals: boolean; initial: number | null }
  /** One of more than can be listed, found by typing. */
  | { kind: 'search'; source: SearchSource; initial: Option | null }
);

/** In what is searched. `otherLeads`: all contacts but the lead itself. */
export type SearchSource = 'otherLeads';

export type Option = { value: string; label: string };

/** What was answered, by field; several choices stand in lines of their own, as `lines` joins them. */
export type Answers = Readonly<Record<string, string>>;

/** Among the days on which a lead may come back, the choice of one of one's own. */
export const ownDay = 'day';

/** Among until when a lead is put off, the choice of a time of one's own. */
export const ownTime = 'own';

/** Among how long ago something was, the choice of a time of one's own. */
export const timeOfToday = 'earlier';

/** Among the days on which to try again, none. */
export const noPlan = 'none';

/** Longer notes belong in HubSpot itself; this is what fits a phone and every platform's field. */
export const noteMaxLength = 2000;

/** The properties that a form asks for, and the values that they have, by HubSpot's names; without a value: none. */
export type Asked = { properties: readonly PortalProperty[]; values: Readonly<Record<string, string>> };

/** What the choices of a form are made from. */
export type FormView = {
  handoff: Handoff;
  policy: Policy;
  names: Names;
  /** Who is there, and how much they have on their hands. */
  presence: Availability;
  words: Words;
  now: Date;
  /** What HubSpot is asked for by the form about its properties; a button needs none of it. */
  asked?: Asked;
};
