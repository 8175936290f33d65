import type { Pipeline, PipelineObject } from '../../domain/policy/pipelines.ts';
import type { HubSpot } from './client.ts';
import { isForbidden, isNotFound } from './error-answer.ts';

/** Reads the pipelines of an object; null where the app may not see them, or the portal has no such object. */
export async function readPipelines(
  hubspot: HubSpot,
  objectType: PipelineObject,
): Promise<Pipeline[] | null> {
  try {
    const { results } = await hubspot.read(`read the pipelines of ${objectType}`, (crm) =>
      crm.pipelines.pipelinesApi.getAll(objectType),
    );
    return inOrder(results).map(({ id, label, stages }) => ({
      id,
      label,
      stages: inOrder(stages).map((stage) => ({
        id: stage.id,
        label: stage.label,
        isClosed: stage.metadata?.['isClosed'] === 'true',
      })),
    }));
  } catch (error) {
    if (isForbidden(error) || isNotFound(error)) return null;
    throw error;
  }
}

/** As HubSpot's pages show them: by their order, then by their labels. */
function inOrder<T extends { displayOrder: number; label: string; archived: boolean }>(
  all: readonly T[],
): T[] {
  return all
    .filter(({ archived }) => !archived)
    .sort((a, b) => a.displayOrder - b.displayOrder || a.label.localeCompare(b.label));
}
