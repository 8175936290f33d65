import type { Crm } from '../../flow/ports/crm.ts';
import type { HubSpot } from './client.ts';
import { answerBehind, wantedOf } from './error-answer.ts';
import { updateRecords } from './update-records.ts';
import { valuesOf } from './write-leads.ts';

/** Writes what somebody filled in, in one request that is not split: they are still there to mend it. */
export function answersWriter(hubspot: HubSpot): Crm['writeAnswers'] {
  return async (id, values, change) => {
    const properties = { ...valuesOf(change), ...values };
    try {
      await updateRecords(hubspot, 'contacts', [{ id, properties }]);
      return { taken: true };
    } catch (error) {
      const answer = answerBehind(error);
      const wants = wantedOf(error, properties);
      const refused = answer?.refused
        .map(({ name }) => name)
        .filter((name) => Object.hasOwn(properties, name));
      const faults = [...new Set(refused)].map((property) => ({
        property,
        why: answer?.sentenceAbout(property) ?? null,
      }));
      if (faults.length + wants.length === 0) throw error;
      return { taken: false, faults, wants };
    }
  };
}
