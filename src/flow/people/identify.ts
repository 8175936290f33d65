import { addressIn, peopleOf } from '../../domain/policy/people-of.ts';
import type { PersonId, Platform, Policy } from '../../domain/policy/policy.ts';
import type { Chat } from '../ports/chat.ts';
import type { Directory } from '../ports/people.ts';
import type { Clock } from '../ports/time.ts';
import { addressesOf, rivalOf } from './accounts.ts';

/** Who of the policy is behind a chat account; null for everybody else. */
export type Identify = (platform: Platform, userId: string) => Promise<PersonId | null>;

/** Recognises people by the accounts that cards went to, and those who never had one by their email. */
export function identify(needs: {
  directory: Directory;
  chats: readonly Chat[];
  policy: () => Policy;
  clock: Clock;
}): Identify {
  return async (platform, userId) => {
    const known = await needs.directory.byAccount(platform, userId);
    if (known) return peopleOf(needs.policy()).includes(known) ? known : null;
    const chat = needs.chats.find((candidate) => candidate.platform === platform);
    const addresses = chat ? await addressesOf(userId, chat) : [];
    const policy = needs.policy();
    const person = peopleOf(policy).find((one) => addresses.includes(addressIn(policy, platform, one)));
    if (!chat || !person || (await rivalOf(person, chat, userId, needs))) return null;
    const locale = await chat.localeOf(userId);
    const account = { userId, zone: null, locale, conversationId: null };
    await needs.directory.saveAccount(person, platform, account, needs.clock());
    return person;
  };
}
