import type { MarketingMail, MarketingMails } from './marketing-mails.ts';
import type { Portal } from './portal.ts';
import { notFound } from './rejection.ts';
import { type FilterBranch, passes, propertiesIn } from './segment-filters.ts';
import type { MembershipChange, Segment, Segments } from './segments.ts';
import type { CrmRecord } from './store.ts';

/** What is asked of a new workflow that sends mails to contacts. */
export type NewFlow = {
  name: string;
  enrolsOn: FilterBranch;
  /** What lets somebody in once more, who meets `enrolsOn` at that time. */
  enrolsAgainOn: FilterBranch;
  suppressedBy: Segment;
  /** A mail, so many days after the one before it, or after the enrolment. */
  steps: readonly { afterDays: number; mail: MarketingMail }[];
};

export type Flow = NewFlow & { readonly id: string; readonly createdAt: Date };

/** Where a contact stands in a workflow. */
export type Standing =
  | { status: 'enrolled'; since: Date; next: { mail: MarketingMail; at: Date } }
  | { status: 'suppressed' | 'left' | 'completed'; since: Date };

/** What becomes of somebody in a workflow. */
export type FlowNews = { flow: Flow; contact: CrmRecord; what: Standing['status']; wasEnrolled: boolean };

/** Before HubSpot sees that somebody meets a trigger; sooner than an active segment follows the same change. */
export const triggeredAfterMs = 5_000;
const dayMs = 24 * 3_600_000;

type Kept = { standing: Standing; hasEnrolled: boolean };

/**
 * The portal's workflows, by HubSpot's rules: somebody enrols the first time that they come to meet the triggers, and
 * again only by a trigger for that. Who is on the suppression list does not enrol, who comes onto it leaves at once, and
 * nothing happens when somebody is taken off it.
 */
export class Flows {
  readonly #portal: Portal;
  readonly #segments: Segments;
  readonly #mails: MarketingMails;
  readonly #onNews: (news: FlowNews) => void;
  readonly #flows = new Map<string, Flow>();
  /** By workflow and contact. */
  readonly #kept = new Map<string, Map<string, Kept>>();
  /** Who met the triggers when last looked at, by workflow. */
  readonly #meeting = new Map<string, Set<string>>();
  #lastId = 410_000;

  constructor(
    portal: Portal,
    needs: { segments: Segments; mails: MarketingMails; onNews: (news: FlowNews) => void },
  ) {
    this.#portal = portal;
    this.#segments = needs.segments;
    this.#mails = needs.mails;
    this.#onNews = needs.onNews;
    portal.onWritten((record, property) => this.#heed(record, property));
    needs.segments.onChange((change) => this.#suppress(change));
  }

  /** Switches it on for whoever comes to meet its triggers from now on. */
  create(flow: NewFlow): Flow {
    this.#lastId += 1;
    const created = { ...flow, id: String(this.#lastId), createdAt: this.#portal.now() };
    this.#flows.set(created.id, created);
    this.#kept.set(created.id, new Map());
    const meeting = this.#portal.store
      .all('contacts')
      .filter(({ properties }) => passes(flow.enrolsOn, properties));
    this.#meeting.set(created.id, new Set(meeting.map(({ id }) => id)));
    return created;
  }

  all(): Flow[] {
    return [...this.#flows.values()];
  }

  /** Throws HubSpot's 404. */
  find(id: string): Flow {
    const flow = this.#flows.get(id);
    if (flow === undefined) throw notFound();
    return flow;
  }

  /** Null for who was never in it. */
  standingOf({ id }: Flow, contactId: string): Standing | null {
    const contact = this.#portal.store.find('contacts', contactId);
    return (contact && this.#keptOf(id, contact)?.standing) ?? null;
  }

  #heed(contact: CrmRecord, property: string): void {
    if (contact.type !== 'contacts') return;
    for (const flow of this.#flows.values()) {
      const isAgain = propertiesIn(flow.enrolsAgainOn).has(property);
      // Of a new record the id is written first.
      if (!isAgain && property !== 'hs_object_id' && !propertiesIn(flow.enrolsOn).has(property)) continue;
      this.#later(triggeredAfterMs, () => this.#look(flow, contact, isAgain));
    }
  }

  /** @param isAgain whether a property changed that may let somebody in once more */
  #look(flow: Flow, contact: CrmRecord, isAgain: boolean): void {
    if (this.#portal.store.find('contacts', contact.id) !== contact) return;
    const meeting = this.#meeting.get(flow.id) ?? new Set();
    const metBefore = meeting.has(contact.id);
    const meets = passes(flow.enrolsOn, contact.properties);
    if (meets) meeting.add(contact.id);
    else meeting.delete(contact.id);
    const kept = this.#keptOf(flow.id, contact);
    if (kept?.standing.status === 'enrolled') {
      if (!meets) this.#settle(flow, contact, { status: 'left', since: this.#portal.now() });
      return;
    }
    const isFirst = !metBefore && !kept?.hasEnrolled;
    const isOnceMore = isAgain && passes(flow.enrolsAgainOn, contact.properties);
    if (meets && (isFirst || isOnceMore)) this.#enrol(flow, contact);
  }

  #enrol(flow: Flow, contact: CrmRecord): void {
    const since = this.#portal.now();
    const isSuppressed = this.#segments.has(flow.suppressedBy, contact);
    if (isSuppressed) this.#settle(flow, contact, { status: 'suppressed', since });
    else this.#comeTo(flow, contact, 0, since);
  }

  /** Lets somebody wait for a step, or be through. */
  #comeTo(flow: Flow, contact: CrmRecord, index: number, since: Date): void {
    const step = flow.steps[index];
    if (step === undefined) {
      this.#settle(flow, contact, { status: 'completed', since: this.#portal.now() });
      return;
    }
    const waitMs = step.afterDays * dayMs;
    const at = new Date(this.#portal.now().getTime() + waitMs);
    const standing: Standing = { status: 'enrolled', since, next: { mail: step.mail, at } };
    this.#settle(flow, contact, standing);
    this.#later(waitMs, () => {
      // The contact may have been merged since.
      const present = this.#portal.store.find('contacts', contact.id);
      if (present === undefined || this.#keptOf(flow.id, present)?.standing !== standing) return;
      this.#mails.send(step.mail, present);
      this.#comeTo(flow, present, index + 1, since);
    });
  }

  #suppress({ segment, record, isMember }: MembershipChange): void {
    if (!isMember) return;
    for (const flow of this.#flows.values()) {
      if (flow.suppressedBy !== segment) continue;
      if (this.#keptOf(flow.id, record)?.standing.status !== 'enrolled') continue;
      this.#settle(flow, record, { status: 'suppressed', since: this.#portal.now() });
    }
  }

  #settle(flow: Flow, contact: CrmRecord, standing: Standing): void {
    const before = this.#keptOf(flow.id, contact);
    const isEnrolled = standing.status === 'enrolled';
    const hasEnrolled = before?.hasEnrolled === true || isEnrolled;
    this.#kept.get(flow.id)?.set(contact.id, { standing, hasEnrolled });
    const wasEnrolled = before?.standing.status === 'enrolled';
    // The next step of somebody who is in already is no news.
    if (wasEnrolled && isEnrolled) return;
    this.#onNews({ flow, contact, what: standing.status, wasEnrolled });
  }

  /** Also under the ids of those that were merged into the contact. */
  #keptOf(flowId: string, contact: CrmRecord): Kept | undefined {
    const kept = this.#kept.get(flowId);
    const own = kept?.get(contact.id);
    if (own !== undefined || !contact.properties.has('hs_merged_object_ids')) return own;
    const former = contact.properties.get('hs_merged_object_ids')?.split(';') ?? [];
    return former.map((id) => kept?.get(id)).find((one) => one !== undefined);
  }

  #later(waitMs: number, play: () => void): void {
    const { agenda } = this.#portal;
    agenda.add(new Date(agenda.now().getTime() + waitMs), play);
  }
}
