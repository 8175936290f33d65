import { sampleCard, sampleId } from '../../domain/home/sample.ts';
import { chatNames, type PersonId, type Policy } from '../../domain/policy/policy.ts';
import { whyLine } from '../../domain/words/why.ts';
import { wordsIn } from '../../domain/words/words.ts';
import type { Identify } from '../people/identify.ts';
import { mentionsIn, namesOf } from '../people/people.ts';
import type { Chat, PrepareForm, RefreshCard, Reply, Respond } from '../ports/chat.ts';
import type { Directory, Person } from '../ports/people.ts';
import type { Clock } from '../ports/time.ts';
import { tellPerson } from './tell-person.ts';

type Needs = { directory: Directory; chats: readonly Chat[]; policy: () => Policy; clock: Clock };

const mark = { handoffId: sampleId, revision: 0 } as const;

/** Sends somebody a card as they will get them; there is no lead behind it. */
export async function sendSample(person: PersonId, needs: Needs): Promise<Reply> {
  const words = wordsIn('en');
  const sent = await tellPerson(person, needs, async ({ chat, conversationId, people }) =>
    chat.postCard(conversationId, cardOf(person, people, needs), mark, mentionsIn(chat.platform, people)),
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
  const nothing = wordsIn('en').line('home.sampleNothing');
  const isSample = ({ handoffId }: { handoffId: string }) => handoffId === sampleId;
  return {
    respond: async (click, act, askBack) =>
      isSample(click) ? { done: false, text: nothing, field: null } : steps.respond(click, act, askBack),
    prepareForm: async (click, form, answers) =>
      isSample(click) ? { refused: nothing } : steps.prepareForm(click, form, answers),
    refreshCard: async (look) => {
      if (!isSample(look)) return steps.refreshCard(look);
      const person = await needs.identify(look.platform, look.userId);
      if (!person) return { refused: nothing };
      const people = await needs.directory.people();
      return { card: cardOf(person, people, needs), mark, people: mentionsIn(look.platform, people) };
    },
  };
}

function cardOf(reader: PersonId, people: readonly Person[], { policy, clock }: Needs) {
  const names = namesOf(people);
  return sampleCard({ reader, policy: policy(), names, words: wordsIn('en'), now: clock() });
}
