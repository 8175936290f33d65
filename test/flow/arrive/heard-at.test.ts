import { expect, it } from 'vitest';
import { heardAt } from '../../../src/flow/arrive/arrival.ts';
import { minute } from '../contracts/given.ts';

const event = (type: string, minutes: number) => ({ id: BigInt(minutes), type, receivedAt: minute(minutes) });

it('a lead is heard of when the first webhook came of those that wait', () => {
  const events = [event('hold.over', 1), event('contact.propertyChange', 3), event('contact.creation', 2)];
  expect(heardAt(events)).toEqual(minute(2));
  expect(heardAt([event('workflow.action', 4)])).toEqual(minute(4));
});

it('what the bot noticed by itself was told by nobody', () => {
  expect(heardAt([event('reconcile.untold', 1), event('hold.over', 2), event('revisit.due', 3)])).toBeNull();
});
