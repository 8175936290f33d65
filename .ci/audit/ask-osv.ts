import { z } from 'zod';
import type { LockedPackage } from '../locked-packages.ts';
import { type Advisory, type Answer, severities } from './advisory.ts';

const found = z.object({
  results: z.array(z.object({ vulns: z.array(z.object({ id: z.string() })).default([]) })),
});

const advisory = z.object({
  id: z.string(),
  summary: z.string().default('no summary'),
  withdrawn: z.string().optional(),
  // GitHub's advisories tell it in words; a package that is malicious (MAL-…) has none.
  database_specific: z.object({ severity: z.string().optional() }).optional(),
});

/** Asks OSV (https://google.github.io/osv.dev/api/), which knows GitHub's advisories and malicious packages. */
export async function askOsv(
  packages: readonly LockedPackage[],
  address = 'https://api.osv.dev',
): Promise<Answer> {
  try {
    const queries = packages.map(({ name, version }) => ({ package: { ecosystem: 'npm', name }, version }));
    const body = JSON.stringify({ queries });
    const { results } = found.parse(await ask(`${address}/v1/querybatch`, { method: 'POST', body }));
    // In the order of the queries.
    const hits = results.flatMap(({ vulns }, i) =>
      vulns.map(({ id }) => ({ id, package: packages[i]?.name ?? '' })),
    );
    const advisories = await Promise.all(hits.map((hit) => readAdvisory(address, hit)));
    return { advisories: advisories.filter((one) => one !== undefined) };
  } catch (error) {
    return { silentBecause: reasonOf(error) };
  }
}

async function readAdvisory(
  address: string,
  hit: Pick<Advisory, 'id' | 'package'>,
): Promise<Advisory | undefined> {
  const { summary, withdrawn, database_specific } = advisory.parse(
    await ask(`${address}/v1/vulns/${hit.id}`),
  );
  if (withdrawn) return undefined;
  const severity = database_specific?.severity?.toLowerCase();
  return { ...hit, title: summary, severity: severities.find((one) => one === severity) ?? 'high' };
}

async function ask(url: string, request: RequestInit = {}): Promise<unknown> {
  const response = await fetch(url, { ...request, signal: AbortSignal.timeout(30_000) });
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
  return response.json();
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
