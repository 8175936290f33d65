import type { Refusal } from '../../domain/handoff/decide.ts';
import type { HandoffEvent, HandoffId } from '../../domain/handoff/handoff.ts';
import type { LeadId } from '../../domain/lead/lead.ts';
import type { Platform } from '../../domain/policy/policy.ts';
import type { EventDecision } from './inbox.ts';
import type { Failed, TaskName } from './jobs.ts';
import type { Expiring } from './retention.ts';

/** A request to a platform, and what came of it. */
export type Call = {
  platform: 'hubspot' | Platform;
  /** An operation of the platform's API, of which there are few; never what it is about. */
  method: string;
  /** The HTTP status of the answer; null when none came. */
  status: number | null;
  /** `refused`: the platform will not; `limited`: not so often; `broken`: it cannot; `silent`: it did not answer in time. */
  outcome: 'done' | 'refused' | 'limited' | 'broken' | 'silent';
  seconds: number;
};

/** Something worth a log line or a measure. Never contains a name, an email, a text or a token. */
export type Observation =
  | { what: 'received'; events: number }
  /** How a webhook request says it is signed, and whether it is so, in a version that counts. */
  | { what: 'signed'; version: 'v3' | 'v2' | 'v1' | 'none'; accepted: boolean }
  /** Left out of what was received, each with what it lacks. */
  | { what: 'oddEvents'; odd: readonly string[] }
  /** A request was refused; `unknown`: before it came to a route. The reasons are few, and hold nothing of the request. */
  | { what: 'rejected'; route: 'hubspot' | 'slack' | 'teams' | 'unknown'; status: number; reason: string }
  | {
      what: 'decided';
      leadId: LeadId;
      decision: EventDecision['decision'];
      events: number;
      handoffId: HandoffId | null;
    }
  | { what: 'changed'; handoffId: HandoffId; events: readonly HandoffEvent['type'][] }
  | {
      what: 'refused';
      handoffId: HandoffId;
      refusal: Refusal['refused'] | 'unknownHandoff' | 'unknownPerson';
    }
  /** `secondsFromWebhook`: where a webhook told of the lead, and its card was to come at once. */
  | {
      what: 'delivered';
      handoffId: HandoffId;
      platform: Platform;
      secondsFromQualified: number;
      secondsFromWebhook?: number;
    }
  /** A card had its first answer, or its lead was first contacted. */
  | { what: 'responded'; handoffId: HandoffId; how: 'answer' | 'touch'; secondsFromCard: number }
  /** A card came to `platform`, as it could not be had where its reader prefers it. */
  | { what: 'fellBack'; handoffId: HandoffId; platform: Platform; why: string }
  | { what: 'undeliverable'; handoffId: HandoffId; why: string }
  | { what: 'propertiesRefused'; handoffId: HandoffId | null; properties: readonly string[] }
  /** The policy wants lead records, and HubSpot has none to be kept. */
  | { what: 'noLeadRecords'; why: string }
  | { what: 'leadRecordRefused'; handoffId: HandoffId | null; code: string }
  /** A chat keeps the bot out until somebody does something about it. */
  | { what: 'shutOut'; platform: Platform; why: string }
  /** A reminder is kept back until its rep wants notifications; null: for good, as the next rung comes before. */
  | { what: 'reminderWaits'; handoffId: HandoffId; until: Date | null }
  | { what: 'swept'; fired: number; woken: number }
  /** The timers stood still for so long. */
  | { what: 'clockStood'; seconds: number }
  /** A rep gets no more leads until they are back: they let so many cards in a row pass. */
  | { what: 'setAway'; missed: number }
  /** So many pieces of news were told in one message. */
  | { what: 'bulletin'; platform: Platform; news: number }
  | { what: 'bulletinUndeliverable'; why: string }
  /** Somebody was told by mail, or another system, that a lead waits; or could not be. */
  | { what: 'alerted'; handoffId: HandoffId; by: 'mail' | 'webhook' }
  /** Another system was told that a lead of which it had been told waits no longer. */
  | { what: 'alertOver'; handoffId: HandoffId }
  | { what: 'notAlerted'; handoffId: HandoffId; by: 'mail' | 'webhook'; why: string }
  /** A destination of events was told of one; or wants to hear nothing more of a handoff. */
  | { what: 'eventSent'; handoffId: HandoffId; destination: string; type: string }
  | { what: 'eventsUnwanted'; handoffId: HandoffId; destination: string }
  /** So many contacts and records had changed that nobody had told of, or that it was not sure of. */
  | { what: 'reconciled'; lookedAt: number }
  /** What no webhook had told of: a lead that qualifies, a touch, a deal, another owner. */
  | { what: 'foundByReconciling'; leadId: LeadId; handoffId: HandoffId; found: readonly string[] }
  /** The static segment of whoever is paused could not be changed. */
  | { what: 'segmentRefused'; why: string }
  /**
   * Ledger and HubSpot were compared: so many leads are paused; written again, which somebody had switched off in HubSpot,
   * and resumed, which somebody had switched on; `late`: what was still to be written.
   */
  | { what: 'pausesCompared'; paused: number; pausedAgain: number; resumedAgain: number; late: number }
  /** No language model said anything of a lead that may stand on its card. */
  | { what: 'notSummarised'; handoffId: HandoffId; why: string }
  | { what: 'erased'; leadId: LeadId }
  /** A message about an erased lead is gone; `refused`: the chat's own word for why it stays. */
  | { what: 'retracted'; platform: Platform; refused: string | null }
  /** What was kept for long enough is gone; `outlived`: leads that sales had. */
  | { what: 'retained'; dropped: Partial<Record<Expiring, number>>; outlived: number }
  /** A chat shows somebody no page: its own word for why. */
  | { what: 'homeRefused'; why: string }
  | { what: 'directorySynced'; people: number; unknownToHubSpot: number }
  | { what: 'jobFailed'; task: TaskName; became: Failed }
  /** A request at the bot's address had its answer. */
  | { what: 'answered'; route: 'hubspot' | 'slack' | 'teams' | 'unknown'; status: number; seconds: number }
  | ({ what: 'called' } & Call);

/** Tells whoever watches: the log and the measures. */
export type Observe = (observation: Observation) => void;
