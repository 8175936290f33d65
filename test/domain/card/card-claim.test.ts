import { describe, expect, it } from 'vitest';
import {
  accepted,
  ada,
  assignment,
  ben,
  chloe,
  grace,
  offered,
  respondBy,
  touchBy,
  working,
} from '../../support/examples.ts';
import { cardWords } from './card-words.ts';

describe('a lead that came to a whole team', () => {
  const pool = assignment({
    rep: grace,
    reasons: [{ kind: 'pool', team: 'Americas', person: grace, taken: true, skipped: [] }],
    openTo: [ben, chloe],
  });
  const open = offered({ assignment: pool, openTo: [ben, chloe] });

  it('can be claimed by its members, who see by when, and everything a rep would see', () => {
    const claim = cardWords(ben, { handoff: open });
    expect([claim.status, claim.tone]).toEqual([
      'Claim it by 15:15 UTC · filled in “Request a Demo” 14:59 UTC',
      'open',
    ]);
    expect([claim.buttons, claim.menu]).toEqual([['[Claim]'], ['Open in HubSpot']]);
    const held = cardWords(grace, { handoff: open });
    expect([claim.title, claim.body]).toEqual([held.title, held.body]);
  });

  it('can be claimed still when nobody claimed it in time', () => {
    const late = cardWords(ben, { handoff: { ...open, ackBreachedAt: respondBy } });
    expect([late.tone, ...late.buttons]).toEqual(['open', '[Claim]']);
  });

  it('is the holder’s for its manager, who can give it to somebody, and no rescue', () => {
    const held = cardWords(grace, { handoff: open });
    expect(held.status).toBe('Accept by 15:15 UTC · filled in “Request a Demo” 14:59 UTC');
    expect(held.buttons).toEqual(['[Accept]', 'Log a Touch', 'Disqualify']);
    expect(held.menu).toEqual(['Reassign', 'Why Me?', 'Copy Opener', 'Open in HubSpot']);
  });

  it('says whose it is once somebody claimed it', () => {
    const chosen = [{ kind: 'reassigned', person: chloe, by: chloe, taken: true }] as const;
    const taken = accepted({ assignment: assignment({ rep: chloe, reasons: chosen }) });
    const former = cardWords(ben, { handoff: taken });
    expect([former.status, ...former.buttons]).toEqual(['With Chloe Nguyen since 15:00 UTC']);
  });

  it('is nobody else’s to claim', () => {
    expect(cardWords(ada, { handoff: open }).buttons).toEqual([]);
  });
});

describe('a lead that is offered to the team because its holder let it wait', () => {
  const unanswered = offered({ ackBreachedAt: respondBy, openTo: [ben, grace] });

  it('says who has not answered, and goes to the first who claims it', () => {
    const claim = cardWords(ben, { handoff: unanswered });
    expect(claim).toMatchObject({
      tone: 'open',
      status: 'Take it first · Ada Okafor has not answered · filled in “Request a Demo” 14:59 UTC',
      buttons: ['[Claim]'],
      history: [],
    });
  });

  it('says who accepted it and has not reached out', () => {
    const handoff = accepted({ touchBreachedAt: touchBy, openTo: [ben] });
    expect(cardWords(ben, { handoff }).status).toBe(
      'Take it first · Ada Okafor has not reached out · filled in “Request a Demo” 14:59 UTC',
    );
  });

  it('leaves their choices to a manager who is of the team and was told', () => {
    const told = { ...unanswered, escalatedTo: grace };
    expect(cardWords(grace, { handoff: told }).buttons).toContain('[Reassign]');
    expect(cardWords(grace, { handoff: unanswered }).buttons).toContain('[Claim]');
  });

  it('can no longer be claimed when the holder has reached out', () => {
    const handoff = working({ openTo: [ben] });
    expect(cardWords(ben, { handoff }).buttons).toEqual([]);
  });
});
