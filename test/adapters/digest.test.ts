import { expect, it } from 'vitest';
import { slackBulletin } from '../../src/adapters/slack/bulletin.ts';
import { teamsBulletin } from '../../src/adapters/teams/bulletin.ts';
import { bulletinOf } from '../../src/domain/card/bulletin.ts';
import { digestMax } from '../../src/domain/card/digest.ts';
import { wordsIn } from '../../src/domain/words/words.ts';
import { account, at, demoRequest, lead, names, offered, policy } from '../support/examples.ts';

const long = '東'.repeat(300);

/** As many leads as a digest holds, each with names as long as they may be. */
const digest = Array.from({ length: digestMax }, (_, index) => ({
  handoff: offered({ id: `${index}0000000-0000-4000-8000-000000000000` }),
  lead: lead({ name: `Lead ${index} ${long}`, account: account({ name: long }) }),
  policy: policy({ triggers: [{ ...demoRequest, label: long }] }),
}));
const bulletin = bulletinOf({ views: [], digest, others: [], names, words: wordsIn('en'), now: at('14:00') });

it('shows every lead of a digest, in either chat, however long their names are', () => {
  const inSlack = JSON.stringify(slackBulletin(bulletin, new Map()).blocks);
  const inTeams = JSON.stringify(teamsBulletin(bulletin, { bulletinId: 'b' }));
  for (const drawn of [inSlack, inTeams]) {
    expect(digest.every((_, index) => drawn.includes(`Lead ${index} `))).toBe(true);
  }
});
