import type { Handoff, TouchKind, TouchOutcome } from '../handoff/handoff.ts';
import type { Policy } from '../policy/policy.ts';
import type { Availability } from '../routing/availability.ts';
import type { Names } from './text.ts';

/** What a person fills in before a command: a modal in Slack, a message of its own in Teams. */
export type Form = { name: FormName; title: string; submit: string; fields: readonly Field[] };

export const formNames = ['logTouch', 'disqualify', 'handBack', 'snooze', 'reassign', 'giveGrace'] as const;
export type FormName = (typeof formNames)[number];

export type Field = { name: string; label: string; hint: string | null; required: boolean } & (
  | { kind: 'choice'; options: readonly Option[]; initial: string | null }
  | { kind: 'text'; maxLength: number }
);

export type Option = { value: string; label: string };

export const touchKindLabels: Readonly<Record<TouchKind, string>> = {
  call: 'Call',
  email: 'Email',
  meeting: 'Meeting',
  message: 'Message',
  other: 'Other',
};

export const touchOutcomeLabels: Readonly<Record<TouchOutcome, string>> = {
  connected: 'Connected',
  noAnswer: 'No answer',
  leftMessage: 'Left a message',
  sent: 'Sent',
  booked: 'Meeting booked',
};

/** Longer notes belong in HubSpot itself; this is what fits a phone and every platform's field. */
export const noteMaxLength = 2000;

/** What the choices of a form are made from. */
export type FormView = {
  handoff: Handoff;
  policy: Policy;
  names: Names;
  /** Who is there, and how much they have on their hands. */
  presence: Availability;
  now: Date;
};
