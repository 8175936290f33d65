import type { Policy } from '../../src/domain/policy/policy.ts';
import type { Observation } from '../../src/flow/ports/observe.ts';
import { type MovableClock, sandboxZone } from '../clock.ts';
import type { Colleague, Company } from '../company.ts';
import type { HubSpotServer } from '../hubspot/server.ts';
import type { MailServer } from '../mail/server.ts';
import type { SlackServer } from '../slack/server.ts';
import type { TeamsServer } from '../teams/server.ts';
import type { RuleSwitch } from './rule-switch.ts';
import type { WebhookSwitch } from './webhook-switch.ts';

/** What the page looks at and acts on. */
export type World = {
  hubspot: HubSpotServer;
  slack: SlackServer;
  teams: TeamsServer;
  mail: MailServer;
  policy: Policy;
  company: Company;
  clock: MovableClock;
  /** In real time, in milliseconds since 1970. */
  startedAt: number;
  webhooks: WebhookSwitch;
  rules: RuleSwitch;
  passTimeUntil: (at: Date) => Promise<void>;
  /** Ends everything and starts it again from the first day; null where nobody would start it. */
  beginAnew: (() => void) | null;
  onObservation: (listener: (observation: Observation) => void) => void;
};

/** HubSpot's name for whoever writes through the API: here, only the bot does. */
export const botSource = 'INTEGRATION';

/** A colleague's name by their email; the email itself when they are none. */
export function nameOf(email: string, { company }: World): string {
  return company.colleagues.find((colleague) => colleague.email === email)?.name ?? email;
}

/** Who is behind an owner in HubSpot. */
export function ownerIn({ company }: World, ownerId: string | undefined): Colleague | undefined {
  return company.colleagues.find((colleague) => colleague.ownerId === ownerId);
}

/** The name of an owner in HubSpot. */
export function ownerName(ownerId: string | undefined, world: World): string | null {
  return ownerIn(world, ownerId)?.name ?? null;
}

/** A contact's name, which may be empty. */
export function leadName(properties: Readonly<Record<string, string>>): string {
  return [properties['firstname'], properties['lastname']].filter(Boolean).join(' ');
}

/** What HubSpot shows for a value; the value itself when the portal has no label for it. */
export function labelIn(
  options: readonly { value: string; label: string }[],
  value: string | undefined,
): string {
  return options.find((option) => option.value === value)?.label ?? value ?? '';
}

const timeOfDay = new Intl.DateTimeFormat('en-US', {
  timeZone: sandboxZone,
  hour: 'numeric',
  minute: '2-digit',
});
const dayAndTime = new Intl.DateTimeFormat('en-US', {
  timeZone: sandboxZone,
  weekday: 'short',
  hour: 'numeric',
  minute: '2-digit',
});

/** `9:18 AM`, in New York. */
export function timeWords(at: Date): string {
  return timeOfDay.format(at);
}

/** `Mon 9:18 AM`, in New York. */
export function dayWords(at: Date): string {
  return dayAndTime.format(at).replace(',', '');
}
