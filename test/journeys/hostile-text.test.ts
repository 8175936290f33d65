import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { email } from '../../sandbox/hubspot/engagements.ts';
import { chats } from '../support/chats/client.ts';
import { createLead, requestDemo, startWorld, type World } from '../support/world.ts';

/** As much as a property of HubSpot's holds; of each of these some pattern once took the square of their number. */
const longest = 65_536;
const hostile = [
  '<',
  '>',
  '&',
  '&#',
  '*',
  '_',
  '~',
  '[',
  '](',
  '`',
  '\n',
  ' ',
  '{',
  ':',
  '@',
  '"',
  'http://',
  '<p',
];
/** More Teams takes from nobody. */
const longestQuestion = 28_000;
const repeated = (piece: string) => piece.repeat(Math.floor(longest / piece.length));

describe.each(chats)(
  'in $name, text that is nothing but one sign, as long as HubSpot takes',
  ({ platform }) => {
    let world: World;
    beforeEach(async () => {
      world = await startWorld({ chats: platform });
    });
    afterEach(() => world.close());

    test('is shown like any other, whichever sign it is', async () => {
      for (const piece of hostile) {
        const text = repeated(piece);
        const lead = createLead(world, { firstname: text, jobtitle: text, company: text, phone: text });
        world.hubspot.log(email({ from: 'lead', subject: text, text }), { contactId: lead });
        world.hubspot.logEngagement('notes', { hs_note_body: text }, { contactId: lead });
        requestDemo(world, lead);
        await world.settle();
        expect(world.hubspot.object('contacts', lead)?.properties, piece).toMatchObject({
          handoff_status: 'offered',
        });
      }
      const failed = await world.database.prisma.job.findMany({ where: { lastError: { not: null } } });
      expect(failed).toEqual([]);
    });

    test('is a question that the bot answers, as it does when it is a lead’s name', async () => {
      for (const piece of hostile) {
        const answer = await world
          .in(platform)
          .ask('ada.okafor@example.com', `why ${repeated(piece).slice(0, longestQuestion)}`);
        expect(answer, piece).not.toBe('');
      }
    });
  },
);
