import type { Section } from '../../domain/card/card.ts';
import { takersOf } from '../../domain/policy/people-of.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { line } from '../../domain/words/line.ts';
import type { Identify } from '../people/identify.ts';
import type { Farewell, Welcome } from '../ports/chat.ts';
import type { Handoffs } from '../ports/handoffs.ts';
import type { Directory } from '../ports/people.ts';
import type { Clock } from '../ports/time.ts';
import { helpSections } from './answer-command.ts';

type Needs = {
  handoffs: Handoffs;
  directory: Directory;
  identify: Identify;
  policy: () => Policy;
  clock: Clock;
};

const leadsCome: Section = {
  kind: 'text',
  title: 'Your leads come here',
  text: line`When a lead is yours to call, or one of your team's waits for your decision, its card comes to this chat.`,
};

/** Admins, and the people of marketing. */
const othersAsk: Section = {
  kind: 'text',
  title: 'You take no leads',
  text: line`What you have to know of them comes to this chat, and you can ask for more.`,
};

/** Recognises whoever added the app, says what it will do for them, and brings them what could not reach them. */
export function welcome({
  handoffs,
  identify,
  policy,
}: Pick<Needs, 'handoffs' | 'identify' | 'policy'>): Welcome {
  return async ({ platform, userId }) => {
    const person = await identify(platform, userId);
    if (!person) {
      return {
        title: 'Hello',
        sections: [
          {
            kind: 'text',
            title: 'No leads for you yet',
            text: line`You are not among the people of this company's handoff policy. Ask whoever keeps it to add your email.`,
          },
        ],
      };
    }
    await handoffs.deliverAgain(person);
    return {
      title: 'Hello',
      sections: [
        takersOf(policy()).includes(person) ? leadsCome : othersAsk,
        ...helpSections(platform, policy()),
      ],
    };
  };
}

/** Forgets the account, so that the next card goes where the person still is. */
export function farewell({ directory, clock }: Pick<Needs, 'directory' | 'clock'>): Farewell {
  return async ({ platform, userId }) => {
    const person = await directory.byAccount(platform, userId);
    if (person) await directory.saveAccount(person, platform, null, clock());
  };
}
