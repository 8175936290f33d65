import { withNotifyRules } from '../domain/policy/notify-rules.ts';
import type { Policy } from '../domain/policy/policy.ts';
import {
  type Choices,
  namesPortalsOwn,
  unknownChoices,
  unknownChoiceWords,
  unreadChoiceWords,
  withChoices,
} from '../domain/policy/portal-choices.ts';
import { unknownStages, unreadStageWords } from '../domain/policy/stages-of.ts';
import { withSubstitutes } from '../domain/policy/who-decides.ts';
import { withStart } from '../domain/policy/with-start.ts';
import { withAbsences, withHours } from '../domain/policy/working-hours.ts';
import type { KnownPeople } from '../flow/watch/watch-people.ts';
import { PolicyError, parsePolicy, readPolicyFile } from '../policy-file.ts';

/** The policy in force, and the older ones under which open handoffs began. */
export type Policies = {
  /** With what is known of its people: their hours, when they are away, and who is switched off. */
  current(): Policy;
  asWritten(): Policy;
  /**
   * What a handoff goes by: the targets, ladders and reasons of the version under which it began, and today's people.
   */
  of(handoff: { policyVersion: string }): Policy;
  /** Reads the file again. A policy that is wrong changes nothing. @throws PolicyError naming every problem */
  reload(): Promise<{ version: string; changed: boolean }>;
  /** Learns the versions that other replicas have begun handoffs under. */
  refresh(): Promise<void>;
  /** Learns the version that a handoff began under, if it is not known. */
  learn(handoff: { policyVersion: string }): Promise<void>;
  /** @param began when the bot first ran: what was before is history */
  setStart(began: Date): void;
  setPeople(known: KnownPeople): void;
  /** @returns what the policy names and HubSpot does not have, or does not let the bot read, in words */
  setChoices(known: Choices): string[];
  /** Whether it is not known yet which of HubSpot's stages and statuses the policy means. */
  awaitsChoices(): boolean;
};

/** Where the texts of policies are kept. */
export type PolicyTexts = {
  save(policy: { hash: string; text: string }): Promise<void>;
  /** Texts by version, of those that open handoffs began under. */
  inUse(): Promise<ReadonlyMap<string, string>>;
};

/** @throws PolicyError when the file is wrong: there is no policy to start with */
export async function openPolicies(file: string, texts: PolicyTexts): Promise<Policies> {
  let people: KnownPeople = { hours: new Map(), absences: new Map(), inactive: new Set(), notify: new Map() };
  let choices: Choices | null = null;
  let began: Date | null = null;
  let written = readPolicyFile(file);
  let effective = written.policy;
  const older = new Map<string, Policy>();

  const byPortal = (policy: Policy): Policy => (choices ? withChoices(policy, choices) : policy);
  const use = (): void => {
    const { hours, absences, inactive, notify } = people;
    const theirs = withAbsences(withHours(byPortal(written.policy), hours), absences);
    const today = withNotifyRules(withSubstitutes(theirs, inactive), notify);
    effective = began ? withStart(today, began) : today;
  };
  const refresh = async (): Promise<void> => {
    for (const [version, text] of await texts.inUse()) {
      const known = version === written.policy.version || older.has(version);
      const policy = known ? null : readable(text);
      if (policy) older.set(version, policy);
    }
  };
  await texts.save({ hash: written.policy.version, text: written.text });
  await refresh();

  return {
    current: () => effective,
    asWritten: () => written.policy,
    of: ({ policyVersion }) => {
      if (policyVersion === written.policy.version) return effective;
      const began = older.get(policyVersion);
      if (!began) {
        // Another replica has read a newer policy than this one: from the next time on it is known here as well.
        refresh().catch(() => {});
        return effective;
      }
      const { teams, routing, chat, notify, notifyRules, webhooks, events } = effective;
      const own = { notify, ...(notifyRules && { notifyRules }), webhooks, events };
      return { ...byPortal(began), teams, routing, chat, ...own };
    },
    reload: async () => {
      const read = readPolicyFile(file);
      const { version } = read.policy;
      if (version === written.policy.version) return { version, changed: false };
      await texts.save({ hash: version, text: read.text });
      older.set(written.policy.version, written.policy);
      written = read;
      use();
      return { version, changed: true };
    },
    refresh,
    learn: async ({ policyVersion }) => {
      if (policyVersion !== written.policy.version && !older.has(policyVersion)) await refresh();
    },
    setStart: (at) => {
      began = at;
      use();
    },
    setPeople: (known) => {
      people = known;
      use();
    },
    setChoices: (known) => {
      choices = known;
      use();
      return [
        ...unknownChoices(written.policy, known).map((one) => unknownChoiceWords(one, known)),
        ...unreadChoiceWords(written.policy, known),
        ...unknownStages(written.policy, known.pipelines).map(
          ({ path, words }) => `${path.join('.')}: ${words}`,
        ),
        ...unreadStageWords(written.policy, known.pipelines),
      ];
    },
    awaitsChoices: () => choices === null && namesPortalsOwn(written.policy),
  };
}

/** A text of an earlier time may be in a grammar that is no more; its handoffs then go by today's policy. */
function readable(text: string): Policy | null {
  try {
    return parsePolicy(text, 'an earlier policy');
  } catch (error) {
    if (error instanceof PolicyError) return null;
    throw error;
  }
}
