import { eventWithoutPerson, withoutPerson } from '../../../src/domain/handoff/without-person.ts';
import type { Erasures } from '../../../src/flow/ports/erasures.ts';
import { change, closedAtOf, ofLead } from './handoffs.ts';
import type { Kept } from './kept.ts';
import { takeBackMessage, takeBackSaid } from './said.ts';

export function memoryErasures(kept: Kept): Erasures {
  const { leads, events, holds, forms, erased, retractions, jobs } = kept;
  const takeBack = (ids: readonly string[], found: Parameters<Erasures['takeUp']>[1] = []) => {
    for (const { cards } of ofLead(kept, ids)) {
      for (const card of cards.values()) {
        const { messageId } = card;
        if (messageId) takeBackMessage(kept, ids, { ...card, messageId, isCard: true });
      }
      cards.clear();
    }
    takeBackSaid(kept, ids);
    const isKnown = (messageId: string) => retractions.some((one) => one.messageId === messageId);
    for (const card of found) {
      if (!isKnown(card.messageId)) takeBackMessage(kept, ids, { ...card, isCard: true });
    }
  };
  return {
    among: async (ids) => ids.filter((id) => erased.has(id)),

    idsOf: async (who) => {
      const known = [...leads.values()].filter(
        ({ id, email, formerIds }) =>
          id === who || email?.toLowerCase() === who.toLowerCase() || formerIds.includes(who),
      );
      const ids = [...known.map(({ id }) => id), ...known.flatMap(({ formerIds }) => formerIds)];
      return [...new Set(who.includes('@') ? ids : [...ids, who])];
    },

    known: async (ids) =>
      ids.filter(
        (id) =>
          leads.has(id) ||
          ofLead(kept, [id]).length > 0 ||
          events.some(({ leadId }) => leadId === id) ||
          erased.has(id),
      ),

    erase: async (erasing, end) => {
      const { ids, at, why, isForGood } = erasing;
      if (isForGood) for (const id of ids) erased.add(id);
      else if (ids.some((id) => leads.has(id) && !isOutlived(kept, id, erasing.unusedSince))) return false;
      for (const one of ofLead(kept, ids)) {
        change(kept, one.handoff.id, { by: null, at, commandId: null }, end);
        one.handoff = withoutPerson(one.handoff);
        one.log = one.log.map((entry) => ({ ...entry, event: eventWithoutPerson(entry.event) }));
      }
      for (const event of events.filter(({ leadId }) => leadId !== null && ids.includes(leadId))) {
        if (!isForGood && !event.decision) continue;
        event.payload = {};
        event.decision = { decision: 'ignored', ...event.decision, reason: why };
      }
      kept.decisions = kept.decisions.filter(({ leadId }) => !ids.includes(leadId));
      for (const id of ids) {
        leads.delete(id);
        holds.delete(id);
        kept.nurture.delete(id);
      }
      kept.pauses = kept.pauses.filter(({ leadId }) => !ids.includes(leadId));
      takeBack(ids);
      const handoffIds = ofLead(kept, ids).map(({ handoff }) => handoff.id);
      for (const [key, { handoffId }] of forms) if (handoffIds.includes(handoffId)) forms.delete(key);
      for (const id of handoffIds) jobs.add('deliver', id);
      for (const [reader, { leadIds }] of kept.homes) {
        if (leadIds.some((id) => ids.includes(id))) jobs.add('home', reader);
      }
      return true;
    },

    takeUp: async (handoffId, found) => {
      const leadId = kept.handoffs.get(handoffId)?.handoff.leadId;
      if (leadId !== undefined && !leads.has(leadId)) takeBack([leadId], found);
    },

    toRetract: async (leadId) =>
      retractions.filter((one) => one.leadId === leadId && !one.gone && one.refused === null),

    noteRetracted: async (id, _at, refused) => {
      const retraction = retractions.find((one) => one.id === id);
      if (retraction) Object.assign(retraction, { gone: refused === null, refused });
    },

    progress: async (of) => {
      const ours = retractions.filter(({ leadId }) => of === 'all' || of.includes(leadId));
      const done = ours.filter(({ gone }) => gone).length;
      const refused = ours.filter((one) => one.refused !== null).length;
      return { done, refused, remaining: ours.length - done - refused };
    },
  };
}

function isOutlived(kept: Kept, id: string, since: Date): boolean {
  const had = ofLead(kept, [id]);
  const isOver = had.every((one) => (closedAtOf(one) ?? since) < since);
  const isWaiting =
    kept.holds.has(id) ||
    kept.pauses.some(({ leadId, lifted }) => leadId === id && !lifted) ||
    kept.events.some(({ leadId, decision }) => leadId === id && !decision);
  return had.length > 0 && isOver && !isWaiting && (kept.readAt.get(id) ?? since) < since;
}
