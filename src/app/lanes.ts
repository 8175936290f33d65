import { summaryOf } from '../adapters/log.ts';
import { recordOf } from '../adapters/postgres/inbox.ts';
import { eachAlone, type JobResult, type Lane, type TakenJob } from '../adapters/postgres/queue/job.ts';
import type { IntakeNeeds, Looked } from '../flow/arrive/arrival.ts';
import { findLeads } from '../flow/arrive/find-leads.ts';
import { giveUpIntake, intake } from '../flow/arrive/intake.ts';
import { eraseLead } from '../flow/forget/erase.ts';
import { retractMessages } from '../flow/forget/retract.ts';
import type { HandoffView } from '../flow/ports/handoffs.ts';
import { deliver } from '../flow/show/deliver.ts';
import { refreshHome } from '../flow/show/home.ts';
import { sendBulletin } from '../flow/show/send-bulletin.ts';
import { sendReport } from '../flow/show/send-report.ts';
import { sendSummary } from '../flow/show/send-summary.ts';
import { summarise } from '../flow/show/summarise.ts';
import { introduce } from '../flow/watch/introduce.ts';
import { sendAlert } from '../flow/watch/send-alert.ts';
import { sendEvents } from '../flow/watch/send-events.ts';
import { actOnTimers } from '../flow/watch/watch-sla.ts';
import { type WroteBack, writeBack } from '../flow/write-back.ts';
import type { StepNeeds } from './step-needs.ts';

export type IntakeLaneNeeds = IntakeNeeds & {
  /** Reads the people of the policy from HubSpot. */
  syncPeople: () => Promise<void>;
  /** Whether it is not known yet which of HubSpot's stages and statuses the policy means. */
  awaitsChoices: () => boolean;
};

/** Looks at leads about which something arrived. */
export function intakeLane(needs: IntakeLaneNeeds): Lane {
  const { directory, syncPeople, awaitsChoices } = needs;
  const takeIn = intake(needs);
  const giveUp = giveUpIntake(needs);
  const lookAt = async (lot: readonly TakenJob[]) => {
    // Without these an owner would look like nobody we know, and a stage like none that the policy names.
    if (awaitsChoices() || (await directory.people()).length === 0) await syncPeople();
    return takeIn(lot.map(({ task, key, asked }) => ({ leadId: key, job: { task, key, asked } })));
  };
  const resultOf = async ({ key, last }: TakenJob, came: Looked = 'done'): Promise<JobResult> => {
    if (typeof came === 'object' && last) {
      await giveUp(key, summaryOf(came.failed));
    }
    return jobResult(came);
  };
  return {
    task: 'intake',
    lot: 100,
    atOnce: 2,
    durable: false,
    work: async (lot) => {
      const looked = await lookAt(lot).catch((failed: unknown) => lot.map((): Looked => ({ failed })));
      return Promise.all(lot.map((job, place) => resultOf(job, looked[place])));
    },
  };
}

/** Brings the cards of a handoff up to date. */
export function deliverLane(needs: StepNeeds): Lane<HandoffView> {
  const show = deliver(needs);
  return {
    task: 'deliver',
    lot: 1,
    atOnce: 24,
    reserve: 4,
    work: (lot) =>
      Promise.all(
        lot.map(({ task, key, asked, item, again }) =>
          show(item ?? key, { repeat: again, job: { task, key, asked } })
            .catch((failed: unknown) => ({ failed }))
            .then(jobResult),
        ),
      ),
  };
}

/** Writes to HubSpot what happened to handoffs. */
export function writeBackLane(needs: StepNeeds): Lane {
  const write = writeBack(needs);
  return {
    task: 'write-back',
    lot: 100,
    atOnce: 1,
    // A lot costs HubSpot the same few calls, however many handoffs are in it.
    gatherMs: 100,
    work: async (lot) => {
      const written = await write(
        lot.map(({ task, key, asked, again }) => ({ handoffId: key, again, job: { task, key, asked } })),
      );
      return written.map(jobResult);
    },
  };
}

/** Acts on the timers of a handoff that have fired. */
export function timerLane(needs: StepNeeds): Lane {
  const act = actOnTimers(needs);
  return { task: 'timer', lot: 1, atOnce: 2, work: eachAlone((job) => act(job.key, job)) };
}

/** Greets leads from their reps' mailboxes. */
export function introLane(needs: StepNeeds): Lane {
  const greet = introduce(needs);
  return { task: 'intro', lot: 1, atOnce: 2, work: eachAlone((job) => greet(job.key, job)) };
}

/** Tells by mail, or another system, that a lead waits. */
export function alertLane(needs: StepNeeds): Lane {
  const alert = sendAlert(needs);
  return { task: 'alert', lot: 1, atOnce: 4, work: eachAlone((job) => alert(job.key, job)) };
}

/** Tells other systems what happens to handoffs. */
export function eventsLane(needs: StepNeeds): Lane {
  const send = sendEvents(needs);
  return { task: 'events', lot: 1, atOnce: 4, work: eachAlone(({ key }) => send(key)) };
}

/** Finds the leads behind a changed deal or engagement. */
export function findLeadsLane(needs: StepNeeds): Lane {
  const find = findLeads(needs);
  return { task: 'find-leads', lot: 1, atOnce: 1, work: eachAlone(({ key }) => find(recordOf(key))) };
}

/** Tells somebody what is told outside of cards. */
export function bulletinLane(needs: StepNeeds): Lane {
  const send = sendBulletin(needs);
  return { task: 'tell', lot: 1, atOnce: 1, work: eachAlone(({ key }) => send(key)) };
}

/** Erases a lead whose person has asked for it through HubSpot. */
export function eraseLane(needs: StepNeeds): Lane {
  const { erasures } = needs;
  const erase = eraseLead(needs);
  const work = async ({ key }: TakenJob) => erase(await erasures.idsOf(key));
  return { task: 'erase', lot: 1, atOnce: 1, work: eachAlone(work) };
}

/** Takes the messages about an erased lead back. */
export function retractLane(needs: StepNeeds): Lane {
  const retract = retractMessages(needs);
  return { task: 'retract', lot: 1, atOnce: 1, work: eachAlone(({ key }) => retract(key)) };
}

/** Reports a week to one of its readers. */
export function reportLane(needs: StepNeeds): Lane {
  const report = sendReport(needs);
  return { task: 'report', lot: 1, atOnce: 1, work: eachAlone((job) => report(job)) };
}

/** Sends somebody their summary. */
export function summaryLane(needs: StepNeeds): Lane {
  const send = sendSummary(needs);
  return { task: 'summary', lot: 1, atOnce: 2, work: eachAlone((job) => send(job)) };
}

/** Has a language model summarise what is known of a lead. */
export function summariseLane(needs: StepNeeds): Lane {
  const write = summarise(needs);
  return { task: 'summarise', lot: 1, atOnce: 2, work: eachAlone(({ key }) => write(key)) };
}

/** Brings the page that somebody has opened up to date. */
export function homeLane(needs: StepNeeds): Lane {
  const refresh = refreshHome(needs);
  return { task: 'home', lot: 1, atOnce: 4, durable: false, work: eachAlone(({ key }) => refresh(key)) };
}

function jobResult(came: Looked | WroteBack): JobResult {
  return typeof came === 'object' ? { outcome: 'failed', error: came.failed } : { outcome: came };
}
