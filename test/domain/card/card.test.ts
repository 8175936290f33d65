import { describe, expect, it } from 'vitest';
import type { Card, CardView } from '../../../src/domain/card/card.ts';
import { cardFor } from '../../../src/domain/card/card-for.ts';
import { disqualifyForm } from '../../../src/domain/card/disqualify-form.ts';
import { formFor } from '../../../src/domain/card/form-for.ts';
import { touchForm } from '../../../src/domain/card/touch-form.ts';
import { peopleOf } from '../../../src/domain/policy/people-of.ts';
import type { PersonId } from '../../../src/domain/policy/policy.ts';
import { plain } from '../../../src/domain/words/line.ts';
import {
  account,
  activity,
  ada,
  assignment,
  at,
  ben,
  chloe,
  closed,
  closedAt,
  farah,
  grace,
  lead,
  logged,
  offered,
  policy,
  respondBy,
} from '../../support/examples.ts';
import { cardWords, view } from './card-words.ts';

const disqualified = logged([closedAt, ada, { type: 'disqualified', reason: 'not_a_fit', note: '' }]);
const card = (reader: PersonId, override: Partial<CardView> = {}): Card => cardFor(reader, view(override));
const forms = ({ actions, menu }: Card) =>
  [...actions, ...menu].flatMap((action) => (action.kind === 'form' ? [action.form] : []));

describe('a card’s title', () => {
  it('is the lead and the company, as far as they are known', () => {
    expect(card(ada).title).toBe('Lena Fischer · Northwind Robotics');
    const bare = lead({ name: null, email: null, account: null });
    expect(card(ada, { lead: bare }).title).toBe('Contact 501');
  });
});

it('the notification names the trigger, also one that the policy has no more', () => {
  const gone = offered({ trigger: 'gone_from_the_policy' });
  expect(plain(card(ada, { handoff: gone }).notification)).toContain('gone_from_the_policy: Lena Fischer');
});

describe('the card of whoever held it before', () => {
  const passedOn = assignment({ rep: ada, at: at('15:05') });

  it('says whose it is now and leaves nothing to press but the record', () => {
    expect(cardWords(ben, { handoff: offered({ assignment: passedOn }) })).toEqual({
      notification:
        'With Ada Okafor since 15:05 UTC · Demo request: Lena Fischer · Northwind Robotics (1,200)',
      tone: 'passedOn',
      status: 'With Ada Okafor since 15:05 UTC',
      title: 'Lena Fischer · Northwind Robotics',
      body: [],
      buttons: [],
      menu: ['Open in HubSpot'],
      more: [],
      foot: null,
      history: [],
    });
  });

  it('says how it ended', () => {
    const shown = cardWords(ben, { handoff: closed({ assignment: passedOn }), log: disqualified });
    expect(shown.status).toBe('Disqualified by Ada Okafor 15:40 UTC: Not a fit');
  });
});

describe('a form on the card', () => {
  it('is there whole, with the choices of this moment', () => {
    expect(forms(card(ada)).slice(0, 2)).toEqual([touchForm(view()), disqualifyForm(view())]);
    const presence = { ...view().presence, inactive: new Set([chloe]) };
    const [reassign, giveGrace] = forms(card(grace, { presence }));
    const now = view({ presence });
    expect([reassign, giveGrace]).toEqual([formFor('reassign', now), formFor('giveGrace', now)]);
    expect(JSON.stringify(reassign)).not.toContain(chloe);
  });

  it('has no button when there is nothing to choose in it', () => {
    const presence = { ...view().presence, inactive: new Set(peopleOf(policy())) };
    const alone = cardWords(grace, { presence, policy: policy({ grace: [] }) });
    expect([...alone.buttons, ...alone.menu]).toEqual(['Take It', 'Nudge', 'Open in HubSpot']);
  });
});

describe('the history', () => {
  const reassignment = assignment({
    at: at('15:20'),
    rep: ben,
    reasons: [{ kind: 'reassigned', person: ben, by: grace, taken: true }],
  });
  const granted = null;
  const log = logged(
    [at('15:00:02'), null, { type: 'delivered', to: ada, respondBy, granted }],
    [at('15:10'), null, { type: 'reminded', clock: 'acknowledge', rep: ada, due: respondBy }],
    [at('15:15'), null, { type: 'breached', clock: 'acknowledge', due: respondBy }],
    [at('15:15'), null, { type: 'escalated', clock: 'acknowledge', manager: grace }],
    [
      at('15:20'),
      grace,
      { type: 'reassigned', from: ada, assignment: reassignment, respondBy: at('15:35'), granted },
    ],
  );
  const passedOn = offered({ assignment: reassignment, respondBy: at('15:35') });
  const told = [
    '15:10 Ada Okafor was reminded to answer by 15:15 UTC.',
    '15:15 No answer by 15:15 UTC.',
    '15:15 Grace Whitfield was asked to decide.',
    '15:20 Grace Whitfield gave it to Ben Castillo, until 15:35 UTC.',
  ];

  it('tells what happened since the first card, oldest first, on every card alike', () => {
    for (const reader of [ben, grace, ada]) {
      expect([reader, cardWords(reader, { handoff: passedOn, log }).history]).toEqual([reader, told]);
    }
  });

  it('leaves out what the card itself tells: the offer and its arrival', () => {
    const arrived = logged([at('15:00:02'), null, { type: 'delivered', to: ada, respondBy, granted }]);
    expect(cardWords(ada, { log: arrived }).history).toEqual([]);
  });

  it('stays on the card of a closed handoff, with how it ended', () => {
    expect(cardWords(ada, { handoff: closed(), log: disqualified }).history).toEqual([
      '15:40 Ada Okafor disqualified the lead: Not a fit.',
    ]);
  });
});

describe('what a lead wrote', () => {
  const hostile = '<!channel> <https://evil.example|Accept> *now* @everyone &lt;';
  const subject = lead({
    name: hostile,
    email: hostile,
    jobTitle: hostile,
    account: account({ name: hostile, industry: hostile }),
    conversions: [{ name: hostile, at: at('14:50') }],
    pages: [{ url: hostile, at: at('14:55') }],
    activities: [activity({ kind: 'note', direction: null, title: hostile })],
    summary: hostile,
  });

  it('is in the card only as text, never as a person, a time or a link', () => {
    for (const [reader, handoff] of [
      [ada, offered()],
      [grace, offered()],
      [ben, offered({ openTo: [ben] })],
      [farah, offered()],
      [ada, closed()],
    ] as const) {
      const shown = card(reader, { handoff, lead: subject });
      const said = shown.body.flatMap((one) => (one.kind === 'links' ? [] : [one.text]));
      const folded = shown.more?.sections.flatMap((one) => (one.kind === 'text' ? [one.text] : [])) ?? [];
      const lines = [shown.status, ...said, ...folded];
      const foreign = lines.flat().filter((span) => JSON.stringify(span).includes('evil.example'));
      expect(foreign.every((span) => span.kind === 'text' && !span.bold)).toBe(true);
      const links = [...shown.actions, ...shown.menu].flatMap((action) =>
        action.kind === 'link' ? [action.url] : [],
      );
      expect(links).toEqual([subject.url]);
    }
  });
});
