import { addressIn } from '../../domain/policy/people-of.ts';
import type { PersonId, Policy } from '../../domain/policy/policy.ts';
import type { Chat } from '../ports/chat.ts';
import type { Directory, PersonAccount } from '../ports/people.ts';

/**
 * The account that is stored for somebody when it is another one and still has their address: whoever claims that as well
 * is not believed.
 */
export async function rivalOf(
  person: PersonId,
  chat: Chat,
  userId: string,
  { directory, policy }: { directory: Directory; policy: () => Policy },
): Promise<PersonAccount | null> {
  const known = (await directory.people())
    .find(({ id }) => id === person)
    ?.accounts.find(({ platform }) => platform === chat.platform);
  if (!known?.userId || known.userId === userId) return null;
  const address = addressIn(policy(), chat.platform, person);
  return (await addressesOf(known.userId, chat)).includes(address) ? known : null;
}

/** By what the policy may name an account, in lower case: its id, and the emails that are believed to be its own. */
export async function addressesOf(userId: string, chat: Chat): Promise<string[]> {
  return [userId, ...(await chat.emailsOf(userId))].map((address) => address.toLowerCase());
}
