import { describe, expect, it, vi } from 'vitest';
import { intake } from '../../../src/flow/arrive/intake.ts';
import { TemporaryFailure } from '../../../src/flow/ports/failure.ts';
import { lead } from '../../support/examples.ts';
import { type Office, office } from '../../support/office.ts';

const ids = ['501', '502', '503'];

/** An office in which something arrived about three leads that qualify. */
async function withThree(): Promise<Office> {
  const there = await office();
  for (const id of ids) {
    there.crm.contacts.set(id, lead({ id }));
    await there.arrive(id);
  }
  return there;
}

const run = ({ needs }: Office, leads = ids) =>
  intake(needs)(leads.map((leadId) => ({ leadId, job: { task: 'intake', key: leadId, asked: 1 } })));

const leadsIn = ({ kept }: Office) => [...kept.handoffs.values()].map(({ handoff }) => handoff.leadId);

describe('a lot of leads', () => {
  it('is read and kept at once', async () => {
    const there = await withThree();
    const settle = vi.spyOn(there.needs.arrivals, 'settle');
    expect(await run(there)).toEqual(['ended', 'ended', 'ended']);
    expect(settle).toHaveBeenCalledOnce();
    expect(leadsIn(there)).toEqual(ids);
  });

  it('takes its turns one after the other, as if each had come alone', async () => {
    const together = await withThree();
    await run(together);
    const alone = await withThree();
    for (const id of ids) await run(alone, [id]);
    const reps = ({ kept }: Office) =>
      [...kept.handoffs.values()].map(({ handoff }) => handoff.assignment.rep);
    expect(reps(together)).toEqual(reps(alone));
    expect(together.kept.credits).toEqual(alone.kept.credits);
  });

  it('goes on without the one that HubSpot does not answer for', async () => {
    const there = await withThree();
    there.crm.script.fail('lead', 'notDone');
    const [first, ...others] = await run(there);
    expect(first).toMatchObject({ failed: expect.any(TemporaryFailure) });
    expect(others).toEqual(['ended', 'ended']);
    expect(leadsIn(there)).toEqual(['502', '503']);
  });

  it('goes on without the one that cannot be kept', async () => {
    const there = await withThree();
    const { settle } = there.needs.arrivals;
    const refusal = new RangeError('value too long');
    there.needs.arrivals.settle = async (lot, ...rest) => {
      if (lot.some((one) => one.lead?.id === '502')) throw refusal;
      return settle(lot, ...rest);
    };
    expect(await run(there)).toEqual(['ended', { failed: refusal }, 'ended']);
    expect(leadsIn(there)).toEqual(['501', '503']);
  });

  it('goes on without the one of which nothing can be read', async () => {
    const there = await withThree();
    const { known } = there.needs.arrivals;
    const broken = new RangeError('no snapshot');
    there.needs.arrivals.known = async (leads) => {
      if (leads.flat().includes('502')) throw broken;
      return known(leads);
    };
    expect(await run(there)).toEqual(['ended', { failed: broken }, 'ended']);
    expect(leadsIn(there)).toEqual(['501', '503']);
  });

  it('is tried again as a whole when the database is away', async () => {
    const there = await withThree();
    const away = new TemporaryFailure('the database does not answer', { outcome: 'unknown' });
    const settle = vi.spyOn(there.needs.arrivals, 'settle').mockRejectedValue(away);
    await expect(run(there)).rejects.toThrow(away);
    expect(settle).toHaveBeenCalledOnce();
  });

  it('with a contact under two of its ids makes one handoff of it', async () => {
    const there = await withThree();
    there.crm.contacts.set('502', lead({ id: '501', formerIds: ['502'] }));
    there.crm.contacts.set('501', lead({ id: '501', formerIds: ['502'] }));
    expect(await run(there)).toEqual(['ended', 'ended', 'ended']);
    expect(leadsIn(there)).toEqual(['501', '503']);
  });
});
