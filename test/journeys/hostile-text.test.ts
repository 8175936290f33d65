import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { email } from '../../sandbox/hubspot/engagements.ts';
import { chats, flowing } from '../support/chats/client.ts';
import { createLead, demoRequest, requestDemo, startWorld, type World } from '../support/world.ts';

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

    const holderOf = (lead: string) =>
      world.hubspot.object('contacts', lead)?.properties['handoff_rep'] ?? expect.unreachable('no rep');
    /** What the card says of it: blanks are no name and no role, and marks of quotes or of a line are no words. */
    const shownOf = (piece: string, text: string) => {
      const lastWord = 'Last word 9:03 AM, by email';
      if (text.trim() === '') return ['at 9:03 AM Ortiz · Northwind Traders', lastWord, '· Note'];
      const start = text.slice(0, 100);
      const [title, role, phone] = [
        `at 9:03 AM ${start}`,
        `… ${text.slice(0, 50)}`,
        `Phone${platform === 'slack' ? ':' : ''} +${start}`,
      ];
      if (piece === '_') return [title, phone, lastWord];
      if (piece === '>') return [title, role, phone, lastWord];
      return [title, role, phone, `${lastWord}: “${start}`, `· Note: ${start}`];
    };

    test('is shown like any other, whichever sign it is', async () => {
      for (const piece of hostile) {
        const text = repeated(piece);
        const lead = createLead(world, {
          firstname: text,
          jobtitle: text,
          company: text,
          phone: `+${text.slice(0, longest - 1)}`,
        });
        world.hubspot.log(email({ from: 'lead', subject: text, text }), { contactId: lead });
        world.hubspot.logEngagement('notes', { hs_note_body: text }, { contactId: lead });
        requestDemo(world, lead);
        await world.settle();
        const card = world.in(platform).card(holderOf(lead)).text;
        for (const shown of shownOf(piece, text)) expect(card, piece).toContain(shown);
      }
      const failed = await world.database.prisma.job.findMany({ where: { lastError: { not: null } } });
      expect(failed).toEqual([]);
    });

    test('is a note like any other, which arrives as it was typed', async () => {
      const lead = await demoRequest(world);
      const rep = holderOf(lead);
      const typed = [...hostile, '\\', '=', '|', '%', '👩‍👩‍👧‍👦', '<at>x</at>', '<!here>', ';&'];
      const note = typed.map((piece) => `${piece.repeat(3)}x`).join('');
      await world.in(platform).press(rep, 'accept');
      const values = { did: 'talked', note };
      expect(await world.in(platform).fill(rep, 'logTouch', values)).toEqual({ ok: true, errors: {} });
      await world.settle();

      const [call] = world.hubspot.objectsOf(lead, 'calls');
      const [body] = (call?.properties['hs_call_body'] ?? '').split('<br>Handoff ');
      expect(body).toBe(escaped(note));
      const quoted = `"${flowing(note)}"`;
      expect(world.in(platform).told(rep).at(-1)).toContain(` called and talked. ${quoted}`);
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

/** As HubSpot shows it as text. */
function escaped(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    '\n': '<br>',
  };
  return [...text].map((sign) => entities[sign] ?? sign).join('');
}
