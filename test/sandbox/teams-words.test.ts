import { expect, test } from 'vitest';
import { handoffIn, isForm, topOf } from '../../sandbox/console/teams-words.ts';
import { teamsCard } from '../../src/adapters/teams/card.ts';
import { teamsForm } from '../../src/adapters/teams/form-card.ts';
import { card, mark } from '../adapters/teams/bot.ts';
import { touchForm } from '../support/forms.ts';

test('a form is told from the card of its lead, and both are about its handoff', () => {
  const about = 'Demo request: Priya Nair';
  const form = structuredClone({ ...teamsForm(touchForm(), { ...mark, whose: 'Priya Nair', about }) });
  const lead = structuredClone({ ...teamsCard(card, mark) });
  expect([isForm(form), isForm(lead)]).toEqual([true, false]);
  expect([handoffIn(form), handoffIn(lead)]).toEqual(['h-1', 'h-1']);
  expect([topOf(form).headline, topOf(lead).headline]).toEqual(['Log a Touch', about]);
});
