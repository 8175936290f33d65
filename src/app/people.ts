import type { Logger } from 'pino';
import type { PersonId, Policy } from '../domain/policy/policy.ts';
import { pipelineObjectsOf } from '../domain/policy/stages-of.ts';
import { beganAt } from '../flow/watch/began.ts';
import { watchAccounts } from '../flow/watch/watch-accounts.ts';
import { watchPeople } from '../flow/watch/watch-people.ts';
import type { Policies } from './policies.ts';
import type { StepNeeds } from './step-needs.ts';

/** What the bot does to know the people of the policy. */
export type People = {
  /** Reads people, hours and absences from HubSpot, and from the database the policies of other replicas. */
  sync(): Promise<void>;
  /** The same; that HubSpot could not be asked is told in the log. */
  trySync(): Promise<void>;
  /** Begins to ask HubSpot, and waits for it when nobody is known from an earlier time, or when told to. */
  syncAtStart(options: { wait: boolean; unwinding: AsyncDisposableStack }): Promise<void>;
  /** Lets the policy and somebody's leads follow what was learned of them here. */
  heed(person: PersonId): Promise<void>;
};

type Needs = StepNeeds & { policies: Policies; log: Logger };

/** Begins with the people that were known the last time. */
export async function openPeople({ policies, log, ...needs }: Needs): Promise<People> {
  const { asWritten, setPeople: learn, refresh } = policies;
  const people = watchPeople({ ...needs, asWritten, learn });
  const lookAtAccounts = watchAccounts(needs);
  await people.recall();
  policies.setStart(await beganAt(needs));

  let warned = '';
  const warnOfChoices = (unknown: readonly string[]) => {
    // Once is enough, until something else is wrong.
    if (unknown.length > 0 && warned !== unknown.join()) {
      log.warn({ unknown }, 'the policy names what HubSpot does not have or show');
    }
    warned = unknown.join();
  };
  const sync = async () => {
    await people.sync();
    warnOfSubstitutes(policies, log);
    warnOfChoices(policies.setChoices(await needs.crm.choices(pipelineObjectsOf(policies.asWritten()))));
    await refresh();
    // Somebody may have adopted what was before.
    policies.setStart(await beganAt(needs));
    await lookAtAccounts().catch((error: unknown) =>
      log.warn({ err: error }, 'some accounts in the chats could not be looked at'),
    );
  };
  const trySync = () =>
    sync().catch((error: unknown) =>
      log.warn({ err: error }, 'the directory could not be read from HubSpot'),
    );
  const syncAtStart: People['syncAtStart'] = async ({ wait, unwinding }) => {
    // Who is known may be answered at once; without anybody an owner would look like nobody we know.
    const areKnown = (await needs.directory.people()).length > 0;
    const syncing = trySync();
    unwinding.defer(() => syncing);
    if (wait || !areKnown) await syncing;
  };
  return { sync, trySync, syncAtStart, heed: people.heed };
}

/** Somebody decides in their place meanwhile, but whoever keeps the policy should name others. */
function warnOfSubstitutes({ asWritten, current }: Policies, log: Logger): void {
  const deciding = ({ teams, routing }: Policy) => [routing.fallback, ...teams.map(({ manager }) => manager)];
  const there = deciding(current());
  if (deciding(asWritten()).every((person, index) => person === there[index])) return;
  log.warn(
    'a manager or the fallback of the policy is switched off in HubSpot: others decide in their place',
  );
}
