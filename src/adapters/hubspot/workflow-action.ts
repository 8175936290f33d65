import { z } from 'zod';
import { partsOf } from '../../domain/policy/condition.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { InboundEvent } from '../../flow/ports/inbox.ts';
import { jsonBodyOf } from './json-body.ts';
import type { Rejection } from './signature.ts';

const id = z.union([z.int(), z.string().regex(/^\d{1,30}$/)]);

const execution = z.looseObject({
  /** The same in every attempt at one execution of the action. */
  callbackId: z.string().min(1).max(255),
  origin: z.looseObject({ portalId: id }),
  object: z.looseObject({ objectId: id, objectType: z.string() }),
  inputFields: z.looseObject({ trigger: z.string() }),
});

/** HubSpot's name and type id of contacts. */
const contactTypes = ['CONTACT', '0-1'];

/**
 * The request of a HubSpot workflow to hand a lead over, or what to answer when it cannot be carried out; whoever
 * builds the workflow reads that answer. Verify the signature first.
 */
export function parseWorkflowAction(
  body: Buffer,
  contentType: string | undefined,
  options: { portalId: string; known: readonly string[]; now: Date },
): { event: InboundEvent } | { rejected: Rejection } {
  const json = jsonBodyOf(body, contentType);
  if ('rejected' in json) return json;
  const { data, error } = execution.safeParse(json.value);
  if (!data) {
    const lacks = `no usable ${error.issues[0]?.path.join('.') || 'body'}`;
    return refused(`found ${lacks}`, lacks);
  }

  const { callbackId, origin, object, inputFields } = data;
  if (String(origin.portalId) !== options.portalId) {
    return refused(`found portal ${origin.portalId}, expected ${options.portalId}`, 'of another portal');
  }
  if (!contactTypes.includes(object.objectType)) {
    const found = `found a ${object.objectType.slice(0, 100)}, expected a CONTACT: use the action in a contact workflow`;
    return refused(found, 'not of a contact workflow');
  }
  const trigger = inputFields.trigger.trim();
  if (!options.known.includes(trigger)) {
    const expected =
      options.known.length > 0 ? `one of ${options.known.join(', ')}` : 'none: the policy knows no workflows';
    return refused(
      `found the trigger "${trigger.slice(0, 100)}", expected ${expected}`,
      'a trigger that the policy does not know',
    );
  }
  return {
    event: {
      dedupeKey: `workflow:${callbackId}`,
      leadId: String(object.objectId),
      record: null,
      type: 'workflow.action',
      // An execution tells no time; workflows run it when its turn comes.
      occurredAt: options.now,
      payload: { ...data, inputFields: { ...inputFields, trigger } },
      ignored: null,
    },
  };
}

/** The names under which the policy lets workflows hand leads over, each once. */
export function workflowNames({ triggers, routing, qualification }: Policy): string[] {
  const conditions = [
    ...triggers.map(({ when }) => when),
    ...qualification.never.map(({ when }) => when),
    ...routing.rules.flatMap(({ when }) => when ?? []),
  ];
  const names = conditions.flatMap(partsOf).flatMap((part) => (part.kind === 'workflow' ? [part.name] : []));
  return [...new Set(names)];
}

function refused(answer: string, reason: string): { rejected: Rejection } {
  return { rejected: { status: 400, answer, reason } };
}
