import { expect, it } from 'vitest';
import { cardFor } from '../../../src/domain/card/card-for.ts';
import { dealMade } from '../../support/events.ts';
import { accepted, acceptedAt, ada, closed, grace, logged } from '../../support/examples.ts';
import { cardWords, view } from './card-words.ts';

const log = logged([acceptedAt, null, dealMade]);

it('the deal that the bot made stands on the card, with its stage and a link', () => {
  const { more } = cardFor(ada, view({ handoff: accepted(), log }));
  expect(more?.sections).toContainEqual({
    kind: 'text',
    title: 'Deal',
    text: [
      { kind: 'link', text: 'Northwind Robotics: Demo request', url: 'https://hubspot.example/deals/8001' },
      { kind: 'text', text: ', Appointment Scheduled' },
    ],
  });
});

it('without a stage once the handoff is over, as it may stand anywhere by then', () => {
  expect(cardWords(ada, { handoff: closed(), log }).body).toContain('Deal: Northwind Robotics: Demo request');
});

it('the manager reads of it too, and without a deal nobody', () => {
  const escalated = accepted({ escalatedTo: grace });
  expect(cardWords(grace, { handoff: escalated, log }).more.join()).toContain('Deal: Northwind Robotics');
  expect(cardWords(ada, { handoff: accepted() }).more.join()).not.toContain('Deal:');
});
