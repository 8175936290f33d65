import { describe, expect, it } from 'vitest';
import { plain } from '../../../src/domain/words/line.ts';
import { answerCommand } from '../../../src/flow/answer/answer-command.ts';
import { ada, at, grace, henrik, policy, routing, stranger } from '../../support/examples.ts';
import { marketingFact, sentBackFact } from '../../support/marketing.ts';
import { type Office, office, userIdOf } from '../../support/office.ts';

const mona = 'mona.petersen@example.com';
const marketing = {
  people: [mona],
  channel: null,
  weekly: { weekday: 1, minute: 480 },
  zone: 'America/New_York',
} as const;

/** Grace manages the Americas and Henrik the International team; neither is an admin. */
const rules = policy({ marketing, admins: [stranger], routing: routing([], stranger) });

async function asked(there: Office, by: string, text = 'sent-back') {
  const { title, sections } = await answerCommand(there.needs)({
    platform: 'slack',
    userId: userIdOf(by),
    text,
  });
  const [first] = sections;
  return { title, headline: first?.kind === 'text' ? plain(first.text) : '' };
}

/** An office where each team had a lead today, and the Americas sent theirs back. */
async function worked(given = rules): Promise<Office> {
  const there = await office({ rules: given });
  there.needs.marketing.keep(sentBackFact({ qualifiedAt: at('10:00') }));
  there.needs.marketing.keep(marketingFact({ qualifiedAt: at('11:00'), team: 'International' }));
  return there;
}

const ofAll = '2 handed over (+2), 2 accepted (+2), 1 sent back (+1)';

describe('what sales sent back', () => {
  it.each([
    ['somebody of marketing', mona, 'Leads, 24 Feb – 3 Mar', ofAll],
    ['an admin', stranger, 'Leads, 24 Feb – 3 Mar', ofAll],
    [
      'a manager',
      grace,
      'Leads of Americas, 24 Feb – 3 Mar',
      '1 handed over (+1), 1 accepted (+1), 1 sent back (+1)',
    ],
    [
      'another manager',
      henrik,
      'Leads of International, 24 Feb – 3 Mar',
      '1 handed over (+1), 1 accepted (+1), 0 sent back (as before)',
    ],
  ])('is told to %s', async (_, by, title, headline) => {
    expect(await asked(await worked(), by)).toEqual({ title, headline });
  });

  it('is not told to a rep', async () => {
    expect((await asked(await worked(), ada)).title).toBe(
      'Marketing, managers and the admins can ask for this. Ask one of them.',
    );
  });

  it('is told to nobody where the policy has no marketing', async () => {
    const { marketing: _, ...without } = rules;
    expect((await asked(await worked(without), grace)).title).toBe(
      'Nobody looks at this yet: it takes marketing in the policy, and who its people are.',
    );
  });

  it('is told of the days that are asked for', async () => {
    const there = await worked();
    expect(await asked(there, mona, 'sent-back 2026-03-02')).toEqual({
      title: 'Leads, 2 Mar',
      headline: 'No lead was handed over, accepted or sent back.',
    });
    expect((await asked(there, mona, 'sent-back 2026-03-02..2026-03-03')).headline).toBe(ofAll);
  });

  it.each(['yesterday', '7d 30d', '2026-03-03..2026-03-02'])('"%s" is no time', async (words) => {
    expect((await asked(await worked(), mona, `sent-back ${words}`)).title).toBe(
      `I do not understand "${words}". Say 7d for the last seven days, a day such as 2026-11-23, or 2026-11-23..2026-11-29.`,
    );
  });
});
