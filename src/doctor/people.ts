import { chatsOf, peopleOf, takersOf } from '../domain/policy/people-of.ts';
import { chatNames, type PersonId, type Policy } from '../domain/policy/policy.ts';
import type { Chat } from '../flow/ports/chat.ts';
import type { Crm } from '../flow/ports/crm.ts';
import type { Directory, Person } from '../flow/ports/people.ts';
import type { Clock } from '../flow/ports/time.ts';
import { findConversation } from '../flow/show/find-conversation.ts';
import { type Check, type Finding, right, warning, wrong } from './check.ts';

type Needs = {
  policy: Policy;
  crm: Pick<Crm, 'owners'>;
  chats: readonly Chat[];
  /** What the bot has learned of people so far, and learns here; null: there is no database yet. */
  directory: Directory | null;
  clock: Clock;
};

/** Whether HubSpot and the chats know everybody whom the policy names. */
export function peopleChecks(needs: Needs): Check[] {
  return [
    { name: 'People in HubSpot', look: () => inHubSpot(needs) },
    { name: 'People in chat', look: () => inChat(needs) },
  ];
}

async function inHubSpot({ policy, crm }: Needs): Promise<Finding[]> {
  const owners = new Map((await crm.owners()).map((owner) => [owner.email.toLowerCase(), owner]));
  const takers = takersOf(policy);
  const remedy = 'Correct the email in the policy, or invite them to HubSpot.';
  const lacking = takers.flatMap((person) => {
    const owner = owners.get(person);
    if (!owner) return [wrong(`${person} is no user of HubSpot, and can own no lead`, remedy)];
    return owner.active
      ? []
      : [warning(`${person} is switched off in HubSpot: others get their leads`, remedy)];
  });
  return lacking.length > 0 ? lacking : [right(`all ${takers.length} who may have leads are users`)];
}

/** One after the other: a chat that is asked about everybody at once asks to wait. */
async function inChat(needs: Needs): Promise<Finding[]> {
  const { directory, policy } = needs;
  if (!directory) return [];
  const known = await directory.people();
  const everybody = peopleOf(policy);
  const lacking: Finding[] = [];
  for (const person of everybody) {
    const finding = await outOfReach(person, known, { ...needs, directory });
    if (finding) lacking.push(finding);
  }
  return lacking.length > 0 ? lacking : [right(`all ${everybody.length} of the policy can be written to`)];
}

/** Null: they are reached in a chat in which they want to be. */
async function outOfReach(
  person: PersonId,
  known: readonly Person[],
  needs: Needs & { directory: Directory },
): Promise<Finding | null> {
  const { policy, chats } = needs;
  const { inOrder } = chatsOf(policy, person);
  const theirs = chats.filter(({ platform }) => inOrder.includes(platform));
  for (const chat of theirs) {
    const where = await findConversation(person, chat, known, { ...needs, policy: () => policy });
    if (where !== null) return null;
  }
  const names = theirs.map(({ platform }) => chatNames[platform]).join(' and ');
  const isTaker = takersOf(policy).includes(person);
  return (isTaker ? wrong : warning)(
    `${person} cannot be written to in ${names}`,
    theirs.some(({ platform }) => platform === 'teams')
      ? 'Correct the email, name their account under people, or have the app set up for them in Teams.'
      : 'Correct the email, or name their account under people in the policy.',
  );
}
