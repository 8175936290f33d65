import { beforeEach, expect, test } from 'vitest';
import type { HandoffEvent } from '../../../src/domain/handoff/handoff.ts';
import type { SentCard } from '../../../src/flow/ports/cards.ts';
import { accepted, ann, boss, byAnn, change, lead, minute, opening, uuid } from './given.ts';
import { open } from './settling.ts';
import type { MakeStores, Stores } from './stores.ts';

const touched: HandoffEvent = {
  ...{ type: 'touched', next: minute(90), madeAt: minute(12) },
  touch: { id: uuid(51), kind: 'meeting', outcome: 'booked', note: 'soon', startsAt: minute(600) },
};
const undone: HandoffEvent = {
  ...{ type: 'undone', what: 'touched', after: 1, since: minute(20) },
  touch: { id: uuid(51), kind: 'meeting' },
};

/** What every store of handoffs keeps of what is taken back. */
export function handoffUndoContract(make: MakeStores): void {
  let stores: Stores;
  let handoffs: Stores['handoffs'];
  beforeEach(async () => {
    stores = await make();
    ({ handoffs } = stores);
    await handoffs.saveLead(lead, minute(0));
    await open(stores, [lead.id], [], null, minute(0), () => opening());
    await stores.forgetJobs();
  });

  const happens = (events: HandoffEvent[], by: string | null = ann) =>
    handoffs.change(uuid(1), { ...byAnn(minute(20)), by }, (handoff) =>
      change(handoff, minute(20), events, [], by),
    );
  const theirs = async () => ({ view: await handoffs.view(uuid(1)) });

  test('it stands as before, and its log without it', async () => {
    const { view: before } = await theirs();
    await happens([accepted, touched]);
    await happens([undone]);
    const { view } = await theirs();
    const { version, clockRun } = before?.handoff ?? opening().handoff;
    expect(view?.handoff).toEqual({ ...before?.handoff, version: version + 3, clockRun: clockRun + 3 });
    expect(view?.log.map(({ seq, event }) => [seq, event.type])).toEqual([
      [1, 'offered'],
      [4, 'undone'],
    ]);
  });

  test('what was told is kept: when a meeting takes place, and the next attempt', async () => {
    await happens([accepted, touched]);
    const { view } = await theirs();
    expect(view?.log.at(-1)?.event).toEqual(touched);
    expect(view?.handoff).toMatchObject({ tryAgainBy: minute(90), attempts: [minute(12)] });
    expect(view?.handoff.undoable).toMatchObject({ by: ann, at: minute(20), before: { status: 'offered' } });
  });

  const card = (person: string, revision: number): SentCard => ({
    ...{ handoffId: uuid(1), person, platform: 'slack', conversationId: `D-${person}`, revision },
    ...{ messageId: `M-${person}`, attempt: 0, toldSeq: revision, tellingSeq: revision },
  });
  const revisions = async () =>
    Object.fromEntries((await theirs()).view?.cards.map(({ person, revision }) => [person, revision]) ?? []);

  test('when it is final, the card of whoever did it is drawn anew, and no other', async () => {
    await happens([accepted]);
    for (const person of [ann, boss]) await stores.cards.save(card(person, 2), []);
    await stores.forgetJobs();
    await handoffs.redraw(uuid(1));
    expect(await stores.jobKeys()).toEqual([`deliver:${uuid(1)}`]);
    expect(await revisions()).toEqual({ [ann]: 1, [boss]: 2 });
  });

  test('all cards of somebody are drawn anew who reads another language, and nobody else’s', async () => {
    for (const person of [ann, boss]) await stores.cards.save(card(person, 1), []);
    await stores.forgetJobs();
    await handoffs.redrawFor(ann);
    expect(await stores.jobKeys()).toEqual([`deliver:${uuid(1)}`]);
    expect(await revisions()).toEqual({ [ann]: 0, [boss]: 1 });
  });

  test('nothing is drawn anew when it shows more already, or nothing can be taken back', async () => {
    await happens([accepted]);
    await stores.cards.save(card(ann, 1), []);
    await stores.forgetJobs();
    await handoffs.redraw(uuid(1));
    await stores.cards.save(card(ann, 3), []);
    await happens([{ type: 'escalated', clock: 'touch', manager: boss }], null);
    await stores.forgetJobs();
    await handoffs.redraw(uuid(1));
    expect(await stores.jobKeys()).toEqual([]);
  });
}
