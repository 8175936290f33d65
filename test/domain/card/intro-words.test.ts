import { describe, expect, it, test } from 'vitest';
import { tell } from '../../../src/domain/card/story.ts';
import type { HandoffEvent } from '../../../src/domain/handoff/handoff.ts';
import type { IntroObstacle } from '../../../src/domain/handoff/intro-obstacle.ts';
import { plain } from '../../../src/domain/words/line.ts';
import { wordsIn } from '../../../src/domain/words/words.ts';
import { accepted, ada, assignment, at, ben, logged, names, policy } from '../../support/examples.ts';
import { cardWords } from './card-words.ts';

const sent: HandoffEvent = { type: 'introSent', rep: ada, sequence: 'Hello', at: at('15:06') };
const notSent = (why: IntroObstacle): HandoffEvent => ({ type: 'introNotSent', rep: ada, why });

function told(event: HandoffEvent) {
  const log = logged([at('15:07'), null, event]);
  const entry = log.at(-1);
  const line = entry && tell(entry, { reader: ada, log, policy: policy(), names, words: wordsIn('en') });
  return line && [plain(line.text), line.calls];
}

function introOn(rep: string, ...events: HandoffEvent[]) {
  const log = logged(...events.map((event): [Date, null, HandoffEvent] => [at('15:07'), null, event]));
  const handoff = accepted({ assignment: assignment({ rep }) });
  return cardWords(rep, { handoff, log }).more.filter((section) => section.startsWith('Intro'));
}

describe('an intro', () => {
  it('is one quiet line in the thread', () => {
    expect(told(sent)).toEqual(['An intro was sent from the mailbox of Ada Okafor.', []]);
  });

  it('stands on the card of whoever has the lead, with whose mailbox it came from', () => {
    expect(introOn(ada, sent)).toEqual(['Intro: Sent from your mailbox, 15:06 UTC']);
    expect(introOn(ben, sent)).toEqual(['Intro: Sent from the mailbox of Ada Okafor, 15:06 UTC']);
    expect(introOn(ada)).toEqual([]);
  });

  it('that was not sent stands on the card of whoever it is about', () => {
    const why = notSent({ kind: 'noMailbox' });
    expect(introOn(ada, why)).toEqual(["Intro: Not sent: the rep's mailbox is not connected to HubSpot"]);
    expect(introOn(ben, why)).toEqual([]);
  });
});

test.each<[IntroObstacle, string]>([
  [{ kind: 'notOptedIn' }, 'the lead has not agreed to get mail'],
  [{ kind: 'optedOut' }, 'the lead has opted out of mail'],
  [{ kind: 'noEmail' }, 'the lead has no email'],
  [{ kind: 'undeliverable' }, "HubSpot sends no mail to the lead's address"],
  [{ kind: 'inSequence' }, 'the lead is in a sequence already'],
  [{ kind: 'answered' }, 'the lead has written'],
  [{ kind: 'meeting' }, 'the lead has booked a meeting'],
  [{ kind: 'recent', at: at('14:00') }, 'the lead got one 14:00 UTC'],
  [{ kind: 'noSequence', sequence: 'Hello' }, 'the rep has no HubSpot sequence "Hello"'],
  [{ kind: 'noOwner' }, 'the rep is no active user of HubSpot'],
  [{ kind: 'noMailbox' }, "the rep's mailbox is not connected to HubSpot"],
  [{ kind: 'noSeat' }, 'the rep may not use sequences in HubSpot'],
  [{ kind: 'noScope' }, 'HubSpot does not let the bot use sequences'],
  [{ kind: 'dayFull' }, "HubSpot enrolls no more of the rep's leads today"],
  [{ kind: 'refused' }, 'HubSpot refused it'],
  [{ kind: 'unanswered' }, 'HubSpot could not be reached'],
])('the thread says why there was none: %j', (why, words) => {
  expect(told(notSent(why))).toEqual([`No intro was sent: ${words}.`, []]);
});
