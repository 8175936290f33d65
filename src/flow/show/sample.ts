import { sampleCard, sampleId } from '../../domain/home/sample.ts';
import { chatNames, type PersonId, type Platform, type Policy } from '../../domain/policy/policy.ts';
import { whyLine } from '../../domain/words/why.ts';
import { type Words, wordsIn } from '../../domain/words/words.ts';
import type { Identify } from '../people/identify.ts';
import { mentionsIn, namesOf } from '../people/people.ts';
import { wordsFor } from '../people/words-of.ts';
import type { Chat, PrepareForm, RefreshCard, Reply, Respond } from '../ports/chat.ts';
import type { Directory, Person } from '../ports/people.ts';
import type { Clock } from '../ports/time.ts';
import { tellPerson } from './tell-person.ts';

type Needs = { directory: Directory; chats: readonly Chat[]; policy: () => Policy; clock: Clock };

const mark = { handoffId: sampleId, revision: 0 } as const;

/** Sends somebody a card as they will get them; there is no lead behind it. */
export async function sendSample(person: PersonId, words: Words, needs: Needs): Promise<Reply> {
  const sent = await tellPerson(person, needs, async ({ chat, conversationId, people }) =>
    chat.postCard(
      conversationId,
      cardOf(person, people, words, needs),
      mark,
      mentionsIn(chat.platform, people),
    ),
  );
  const text =
    'why' in sent
      ? words.line('home.sampleNotSent', { why: whyLine(sent.why, words) })
      : words.line('home.sampleSent', { chat: chatNames[sent.platform] });
  return { title: words.text('home.sample'), sections: [{ kind: 'text', title: '', text }] };
}

type OnCards = { respond: Respond; prepareForm: PrepareForm; refreshCard: RefreshCard };

/** The same steps, but that nothing comes of what somebody does on a sample. */
export function exceptOnSamples(steps: OnCards, needs: Needs & { identify: Identify }): OnCards {
  const nothing = async ({ platform, userId }: { platform: Platform; userId: string }) => {
    const person = await needs.identify(platform, userId);
    const words = await wordsOf(person, platform);
    return { person, words, line: words.line('home.sampleNothing') };
  };
  const wordsOf = async (person: PersonId | null, platform: Platform) => {
    const policy = needs.policy();
    return person
      ? wordsFor(person, platform, { people: await needs.directory.people(), policy })
      : wordsIn(policy.language);
  };
  const isSample = ({ handoffId }: { handoffId: string }) => handoffId === sampleId;
  return {
    respond: async (click, act, askBack) =>
      isSample(click)
        ? { done: false, text: (await nothing(click)).line, field: null }
        : steps.respond(click, act, askBack),
    prepareForm: async (click, form, answers) =>
      isSample(click) ? { refused: (await nothing(click)).line } : steps.prepareForm(click, form, answers),
    refreshCard: async (look) => {
      if (!isSample(look)) return steps.refreshCard(look);
      const { person, words, line } = await nothing(look);
      if (!person) return { refused: line };
      const people = await needs.directory.people();
      return { card: cardOf(person, people, words, needs), mark, people: mentionsIn(look.platform, people) };
    },
  };
}

function cardOf(reader: PersonId, people: readonly Person[], words: Words, { policy, clock }: Needs) {
  const names = namesOf(people);
  return sampleCard({ reader, policy: policy(), names, words, now: clock() });
}
