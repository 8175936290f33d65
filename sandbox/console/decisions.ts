import { Client } from 'pg';

/** What the bot decided about a lead, as it recorded it. */
export type Decision = {
  leadId: string;
  decision: string;
  reason: string;
  handoffId: string | null;
};

export type Decisions = {
  /** Those made since the last call, each once, however many events led to it. */
  news: () => Promise<Decision[]>;
  close: () => Promise<void>;
};

/** Reads the bot's own record of its decisions: nothing else tells why a lead was left alone. */
export async function readDecisions(databaseUrl: string): Promise<Decisions> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  const seen = new Set<string>();
  return {
    // The bot hears its own writes as well, and looks for itself; that nothing comes of those is no news.
    news: async () => {
      const { rows } = await client.query<Decision & { ids: string[] }>(
        `select lead_id as "leadId", decision, reason, handoff_id as "handoffId", array_agg(id::text) as ids
           from inbound_event
          where decision is not null and lead_id is not null
            and payload->>'changeSource' is distinct from 'INTEGRATION'
            and (type not like 'reconcile.%' or decision <> 'ignored')
            and id <> all($1::bigint[])
          group by lead_id, decision, reason, handoff_id
          order by max(id)`,
        [[...seen]],
      );
      for (const { ids } of rows) for (const id of ids) seen.add(id);
      return rows;
    },
    close: () => client.end(),
  };
}
