import { describe, expect, it } from 'vitest';
import { formFor } from '../../../src/domain/card/form-for.ts';
import { denial } from '../../../src/domain/handoff/rights.ts';
import { budget, heldUp } from '../../support/events.ts';
import {
  accepted,
  ada,
  at,
  ben,
  closed,
  dario,
  grace,
  logged,
  policy,
  portalProperty,
} from '../../support/examples.ts';
import { cardWords, view } from './card-words.ts';

const rules = policy({ update: ['budget', 'city'], admins: [dario] });
const waiting = accepted({ heldUp });

describe('what HubSpot wants', () => {
  it('stands on the holder’s card and the manager’s, with the button for it', () => {
    for (const reader of [ada, grace]) {
      const { body, buttons } = cardWords(reader, { handoff: waiting });
      expect(body).toContain('HubSpot wants Budget before it takes the stage.');
      expect(buttons).toContain('[Fill In]');
    }
    expect(cardWords(ben, { handoff: waiting }).buttons).toEqual([]);
  });

  it('is asked for also after the end', () => {
    expect(cardWords(ada, { handoff: closed({ heldUp }) }).buttons).toEqual(['[Fill In]']);
  });

  it('and nobody can fill in has no button', () => {
    const { body, buttons } = cardWords(ada, {
      handoff: accepted({ heldUp: { fields: ['leadStatus'], wants: [] } }),
    });
    expect(body).toContain('HubSpot would not take the lead status: a rule of its admin stands against it.');
    expect(buttons).not.toContain('[Fill In]');
  });

  it('is all that its form asks, and has to be answered', () => {
    const asked = { properties: [portalProperty('budget')], values: { budget: '7' } };
    const { handoff: _, ...around } = view();
    expect(formFor('fillIn', { ...around, handoff: waiting, asked })?.fields).toEqual([
      {
        name: 'budget',
        label: 'Budget',
        hint: null,
        required: true,
        kind: 'number',
        decimals: true,
        initial: 7,
      },
    ]);
    const nothing = { properties: [], values: {} };
    expect(formFor('fillIn', { ...around, handoff: waiting, asked: nothing })).toBeNull();
  });
});

describe('what the policy lets people set', () => {
  it('stands behind the menu, and not where the policy names nothing', () => {
    const { buttons, menu } = cardWords(ada, { handoff: waiting, policy: rules });
    expect([buttons[0], menu.at(-4)]).toEqual(['[Fill In]', 'Update']);
    expect(cardWords(grace, { handoff: waiting, policy: rules }).menu).toContain('Update');
    expect(cardWords(ada, { handoff: waiting }).menu).not.toContain('Update');
    expect(cardWords(ada, { handoff: closed(), policy: rules }).menu).not.toContain('Update');
  });

  it('is set by the holder, the manager and the admins', () => {
    const refusals = [ada, grace, dario, ben].map(
      (person) => denial('update', person, waiting, rules)?.refused,
    );
    expect(refusals).toEqual([undefined, undefined, undefined, 'notYours']);
  });

  it('stands among the facts, in the place of what was known before', () => {
    const phone = { property: 'phone', label: 'Phone Number', value: '+43 1', shown: '+43 1' };
    const cleared = { property: 'email', label: 'Email', value: '', shown: '' };
    const log = logged(
      [
        at('15:06'),
        ada,
        { type: 'updated', values: [{ ...budget, shown: '1' }, phone, cleared], heldUp: null },
      ],
      [at('15:07'), ada, { type: 'updated', values: [budget], heldUp: null }],
    );
    const { body, more } = cardWords(ada, { handoff: waiting, log });
    expect(more.join('\n').split('\n')).toContain('Budget: 50,000');
    expect(body.at(-1)).toBe('+43 1');
  });
});
