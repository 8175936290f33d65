import { describe, expect, it } from 'vitest';
import { tellRefusal } from '../../../src/domain/card/refusal-words.ts';
import type { Refusal } from '../../../src/domain/handoff/decide.ts';
import { plain } from '../../../src/domain/words/line.ts';
import { wordsIn } from '../../../src/domain/words/words.ts';
import { acceptedAt, at, ben, grace, names, respondBy, stranger, target } from '../../support/examples.ts';

describe('a refusal says what is so and what can be done', () => {
  const table: [Refusal, string][] = [
    [{ refused: 'closed', outcome: 'disqualified' }, 'This lead was disqualified. Nothing was changed.'],
    [{ refused: 'notYours', holder: ben }, 'Ben Castillo holds this lead now. Nothing was changed.'],
    [
      { refused: 'managersOnly', manager: grace },
      'Only Grace Whitfield can decide this. Nothing was changed.',
    ],
    [
      { refused: 'alreadyAccepted', acceptedAt },
      'Already accepted 15:05 UTC. Log a touch when you have reached out.',
    ],
    [{ refused: 'alreadyHolds', rep: ben }, 'Ben Castillo holds this lead already. Choose somebody else.'],
    [{ refused: 'unknownReason', reason: 'mood' }, '"mood": this reason was removed; choose another.'],
    [
      { refused: 'noteMissing', reason: 'Wrong timing' },
      '"Wrong timing" needs a note: a few words on what is behind it.',
    ],
    [
      { refused: 'attemptsMissing', made: 2, atLeast: 6, within: target(4800) },
      '2 of 6 attempts within 10 working days so far: keep trying, or pick another reason.',
    ],
    [
      { refused: 'attemptsMissing', made: 0, atLeast: 4, within: target(20160, 'wallClock') },
      '0 of 4 attempts within 14 days so far: keep trying, or pick another reason.',
    ],
    [
      { refused: 'unknownPerson', person: stranger },
      `${stranger} takes no leads. Choose somebody from the list.`,
    ],
    [
      { refused: 'nobodyElse' },
      'There is nobody else who could take this lead now, so it stays with you. Your manager can reassign it.',
    ],
    [
      { refused: 'unknownGrace' },
      'This cannot be given any more. Open the form again and choose how much longer.',
    ],
    [
      { refused: 'alreadyLonger', due: respondBy },
      'It is not due before 15:15 UTC as it is. Choose a longer time.',
    ],
    [{ refused: 'nothingRunning' }, 'No deadline is running, so there is nothing to extend.'],
    [
      { refused: 'snoozedEnough', times: 2 },
      'You have snoozed this lead 2 times. Answer it, ask for time past the target, or hand it back.',
    ],
    [
      { refused: 'pastTarget', due: respondBy },
      'That is past the target (15:15 UTC), and nobody is above you to ask. Choose a shorter time.',
    ],
    [
      { refused: 'askedAlready', manager: grace },
      'You have asked Grace Whitfield for time already. Until they decide, the target stays.',
    ],
    [
      { refused: 'pingedAlready', at: at('15:09') },
      'They were nudged 15:09 UTC. Give them a minute, reassign it, or take it.',
    ],
    [{ refused: 'stale' }, 'The handoff has moved on. Nothing was changed.'],
  ];
  for (const [refusal, text] of table) {
    it(`${refusal.refused}: ${text}`, () => {
      expect(plain(tellRefusal(refusal, { names, words: wordsIn('en') }))).toBe(text);
    });
  }
});
