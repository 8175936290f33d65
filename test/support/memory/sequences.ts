import type { IntroContact } from '../../../src/domain/handoff/intro.ts';
import type { LeadId } from '../../../src/domain/lead/lead.ts';
import type { Enrolled, Enrolment, Sequences } from '../../../src/flow/ports/sequences.ts';

export type MemorySequences = Sequences & {
  contacts: Map<LeadId, IntroContact>;
  /** What HubSpot was asked to send. */
  enrolled: (Enrolment & { at: Date })[];
  /** What it answers next instead. */
  refuses: Enrolled | null;
};

/** Sequences that enrol whoever they are told to, as often as they are told. */
export function memorySequences(clock: () => Date): MemorySequences {
  const there: MemorySequences = {
    contacts: new Map(),
    enrolled: [],
    refuses: null,
    contact: async (id) => there.contacts.get(id) ?? null,
    enrolledSince: async ({ leadId, sequence }, since) =>
      there.enrolled.find((one) => one.leadId === leadId && one.sequence === sequence && one.at >= since)
        ?.at ?? null,
    enrol: async (enrolment) => {
      if (there.refuses) return there.refuses;
      const at = clock();
      there.enrolled.push({ ...enrolment, at });
      return { at };
    },
  };
  return there;
}
