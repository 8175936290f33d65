import { describe, expect, it } from 'vitest';
import type { Card, CardView } from '../../../src/domain/card/card.ts';
import { channelCard } from '../../../src/domain/card/channel-card.ts';
import {
  accepted,
  ada,
  at,
  ben,
  closed,
  closedAt,
  lead,
  logged,
  offered,
  respondBy,
  touch,
  touchBy,
  touchedAt,
  working,
} from '../../support/examples.ts';
import { inWords, view } from './card-words.ts';

const shown = (override: Partial<CardView>) =>
  inWords(channelCard(view({ reader: null, ...override }), { hearsChannels: true }));
const late = offered({ ackBreachedAt: respondBy });

it('a channel reads whose lead waits, who it is, and nothing that tells how to reach them', () => {
  expect(shown({ handoff: late })).toEqual({
    notification: 'Nobody has answered · Demo request: Lena Fischer · Northwind Robotics (1,200)',
    tone: 'late',
    status: 'Nobody has answered · due 15:15 UTC, Ada Okafor holds it',
    title: 'Lena Fischer · Northwind Robotics',
    body: ['VP Operations · Machinery, 1,200 people · New York'],
    buttons: ['Open in HubSpot'],
    menu: [],
    more: [],
    foot: null,
    history: [],
  });
});

it('a lead that is open to the team can be taken in the channel, where the chat can be pressed in', () => {
  const open = view({ reader: null, handoff: { ...late, openTo: [ben] } });
  const buttons = (hearsChannels: boolean) => inWords(channelCard(open, { hearsChannels })).buttons;
  expect(buttons(true)).toEqual(['[Claim]', 'Open in HubSpot']);
  expect(buttons(false)).toEqual(['Open in HubSpot']);
});

describe('the channel’s card says what became of it', () => {
  const log = logged([closedAt, ada, { type: 'disqualified', reason: 'not_a_fit', note: 'rude' }]);
  const table: [title: string, CardView['handoff'], status: string, Card['tone']][] = [
    ['given grace', offered(), 'Ada Okafor has until 15:15 UTC', 'new'],
    ['accepted', accepted(), 'Ada Okafor accepted 15:05 UTC · reach out by 16:05 UTC', 'active'],
    [
      'untouched',
      accepted({ touchBreachedAt: touchBy }),
      'Nobody has reached out · due 16:05 UTC, Ada Okafor holds it',
      'late',
    ],
    ['working', working(), 'Ada Okafor is on it', 'active'],
    ['closed', closed(), 'Disqualified by Ada Okafor 15:40 UTC: Not a fit', 'done'],
    [
      'won',
      closed({ outcome: 'converted', reason: null, wonAt: at('16:00') }),
      'Became a deal 15:40 UTC with Ada Okafor, won 16:00 UTC',
      'won',
    ],
  ];
  for (const [title, handoff, status, tone] of table) {
    it(`${title}: "${status}", ${tone}`, () => {
      const card = shown({ handoff, log });
      expect([card.status, card.tone, card.buttons]).toEqual([status, tone, ['Open in HubSpot']]);
    });
  }
});

it('no address, number or note is on the channel’s card, whatever is known', () => {
  const log = logged([touchedAt, ada, { type: 'touched', touch: touch({ note: 'call her mobile' }) }]);
  const bare = lead({ name: null, summary: 'reach her at lena@home.example' });
  const words = JSON.stringify(shown({ handoff: late, lead: bare, log }));
  expect(words).toContain('Contact 501');
  for (const secret of ['@', '555', 'mobile']) expect(words).not.toContain(secret);
});
