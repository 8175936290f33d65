import { describe, expect, it } from 'vitest';
import { plain } from '../../../src/domain/words/line.ts';
import { answerCommand } from '../../../src/flow/answer/answer-command.ts';
import {
  ada,
  assignment,
  ben,
  dario,
  grace,
  henrik,
  lead,
  minutesAfter,
  policy,
  routing,
  stranger,
} from '../../support/examples.ts';
import { type Office, office, userIdOf } from '../../support/office.ts';

const mona = 'mona.petersen@example.com';
const month = 30 * 1440;
/** Grace manages the Americas and Henrik the International team; neither is an admin. */
const rules = policy({
  suppression: { from: 'accept', leaseMinutes: month, afterDealMinutes: month, segment: null },
  marketing: { people: [mona], channel: null, weekly: { weekday: 1, minute: 480 }, zone: 'UTC' },
  admins: [stranger],
  routing: routing([], stranger),
});

/** Ada and Dario have a lead each, and a third is paused by hand. */
async function atWork(): Promise<Office> {
  const there = await office({ rules });
  const lena = lead({ id: '1', name: 'Lena Fischer' });
  const omar = lead({ id: '2', name: 'Omar Haddad' });
  await there.openHandoff(lena, { id: 'of-ada' });
  await there.carryOut({ type: 'accept', by: ada }, 'of-ada');
  there.passMinutes(1);
  await there.openHandoff(omar, {
    id: 'of-dario',
    assignment: assignment({ rep: dario, team: 'International' }),
  });
  await there.carryOut({ type: 'accept', by: dario }, 'of-dario');
  const since = there.needs.clock();
  await there.needs.handoffs.saveLead(lead({ id: '3', name: 'Pia Lund' }), since);
  const until = minutesAfter(since, 1440);
  await there.needs.suppressions.pauseByHand({
    leadId: '3',
    who: 'ops',
    why: 'talks to legal',
    since,
    until,
  });
  return there;
}

async function asked(there: Office, by: string) {
  const ask = { platform: 'slack', userId: userIdOf(by), text: 'suppressions' } as const;
  return answerCommand(there.needs)(ask);
}
const leadsTold = async (there: Office, by: string) =>
  (await asked(there, by)).sections
    .map((section) => (section.kind === 'text' ? section.title : ''))
    .filter(Boolean);

describe('the open pauses', () => {
  it.each([
    ['somebody of marketing', mona, ['Pia Lund', 'Omar Haddad', 'Lena Fischer']],
    ['an admin', stranger, ['Pia Lund', 'Omar Haddad', 'Lena Fischer']],
    ['a manager', grace, ['Lena Fischer']],
    ['another manager', henrik, ['Omar Haddad']],
    ['the rep who has the lead', ada, ['Lena Fischer']],
    ['a rep who has none', ben, []],
  ])('are told to %s as far as they are theirs', async (_, by, leads) => {
    expect(new Set(await leadsTold(await atWork(), by))).toEqual(new Set(leads));
  });

  it('say with whom and why, since when and until when at most, and what HubSpot knows', async () => {
    const there = await atWork();
    await there.needs.suppressions.noteWritten([{ leadId: '1', paused: true }], there.needs.clock());
    const { title, sections, about } = await asked(there, ada);
    expect(title).toBe('Nurture is paused for 1 lead');
    const [section] = sections;
    expect(section?.kind === 'text' && plain(section.text)).toBe(
      'With Ada Okafor (Demo request), since 15:00 UTC, until 15:00 UTC at the latest. HubSpot was told 15:01 UTC.',
    );
    expect(about).toEqual(['1']);
  });

  it('are none in words', async () => {
    expect((await asked(await atWork(), ben)).title).toBe('Nothing is paused');
  });
});
