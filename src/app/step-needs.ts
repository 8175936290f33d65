import type { Policy } from '../domain/policy/policy.ts';
import type { Mailer, Webhooks } from '../flow/ports/alerts.ts';
import type { Chat } from '../flow/ports/chat.ts';
import type { Crm } from '../flow/ports/crm.ts';
import type { LeadRecords } from '../flow/ports/lead-records.ts';
import type { LanguageModel } from '../flow/ports/model.ts';
import type { Observe } from '../flow/ports/observe.ts';
import type { Sequences } from '../flow/ports/sequences.ts';
import type { Clock, PolicyOf } from '../flow/ports/time.ts';
import type { StillThere } from '../flow/still-there.ts';
import type { Stores } from './stores.ts';

/** What the steps need of the world, all together; each takes its own part of it. */
export type StepNeeds = Stores & {
  crm: Crm;
  sequences: Sequences;
  leadRecords: LeadRecords;
  model: LanguageModel;
  mailer: Mailer;
  webhooks: Webhooks;
  chats: readonly Chat[];
  /** Under which people and platforms reach the bot. */
  publicUrl: string;
  policy: () => Policy;
  policyOf: PolicyOf;
  /** Reads the policy that a handoff began under, should another process have read it after this one. */
  learnPolicyOf: (handoff: { policyVersion: string }) => Promise<void>;
  clock: Clock;
  stillThere: StillThere;
  observe: Observe;
};
