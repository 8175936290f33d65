import { setImmediate } from 'node:timers/promises';
import type { Client } from '@hubspot/api-client';
import type { Outcome } from '../../flow/ports/crm.ts';
import type { HubSpot } from './client.ts';
import { afterFailure, succeeded } from './lots.ts';

/**
 * A read of up to `maxInputs` ids in one request, whoever asks for them: what is asked for in the same turn of the
 * event loop goes together, and so does all that waits until HubSpot's limits let it go. `ask` returns an answer for
 * each id, in their order.
 */
export function sharedRequest<T>(
  hubspot: HubSpot,
  what: string,
  maxInputs: number,
  ask: (crm: Client['crm'], ids: readonly string[]) => Promise<T[]>,
): (wanted: readonly string[]) => Promise<Outcome<T>[]> {
  type Request = { ids: Set<string>; outcomes: Promise<ReadonlyMap<string, Outcome<T>>> };
  let filling: Request | null = null;

  function begin(): Request {
    const ids = new Set<string>();
    return { ids, outcomes: answered(ids) };
  }

  async function answered(ids: ReadonlySet<string>): Promise<ReadonlyMap<string, Outcome<T>>> {
    await setImmediate();
    let asked: readonly string[] = [];
    const askFor = async (crm: Client['crm'], lot: readonly string[]) => (await ask(crm, lot)).map(succeeded);
    const first = hubspot.read(what, (crm) => {
      if (filling?.ids === ids) filling = null;
      asked = [...ids];
      return askFor(crm, asked);
    });
    const outcomes = await first.catch((error) =>
      afterFailure(asked, error, (lot) => hubspot.read(what, (crm) => askFor(crm, lot))),
    );
    return new Map(asked.map((id, index) => [id, outcomes[index] as Outcome<T>]));
  }

  return async (wanted) => {
    if (wanted.length === 0) return [];
    const isNew = (id: string) => !filling?.ids.has(id);
    if (!filling || filling.ids.size + wanted.filter(isNew).length > maxInputs) filling = begin();
    const { ids, outcomes } = filling;
    for (const id of wanted) ids.add(id);
    const byId = await outcomes;
    return wanted.map((id) => byId.get(id) as Outcome<T>);
  };
}
