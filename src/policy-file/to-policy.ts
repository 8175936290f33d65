import { type Condition, partsOf } from '../domain/condition.ts';
import type { Policy, RoutingRule, Team } from '../domain/policy.ts';
import { type Names, toCondition } from './conditions.ts';
import type { RawPolicy } from './schema.ts';

/** The policy in the domain's terms. */
export function toPolicy(raw: RawPolicy, version: string): Policy {
  const names: Names = { regions: raw.regions, segments: raw.segments };
  const never = raw.qualification.never.map(({ name, label, when }) => ({
    name,
    label,
    when: toCondition(when, names),
  }));
  const triggers = raw.triggers.map(({ name, label, when, targets, cool_down, once }) => ({
    name,
    label,
    when: toCondition(when, names),
    targets: {
      acknowledgeWithinMinutes: targets.acknowledge,
      touchWithinMinutes: targets.touch,
      countedIn: targets.counted_in === 'wall clock' ? ('wallClock' as const) : ('workingTime' as const),
    },
    coolDownMinutes: cool_down ?? null,
    once,
  }));
  const rules = raw.routing.rules.map((rule) => toRule(rule, names));
  const conditions = [
    ...never.map(({ when }) => when),
    ...triggers.map(({ when }) => when),
    ...rules.flatMap(({ when }) => when ?? []),
  ];
  const required = raw.qualification.required.flatMap((field) =>
    typeof field === 'object' ? [field.property] : [],
  );
  return {
    version,
    properties: {
      score: raw.properties.score ?? null,
      scoreComponents: Object.entries(raw.properties.score_components).map(([label, property]) => ({
        label,
        property,
      })),
      summary: raw.properties.summary ?? null,
      product: raw.properties.product ?? null,
      ...askedFor(conditions, required),
    },
    qualification: {
      required: raw.qualification.required,
      never,
      freshWithinDays: raw.qualification.fresh_within / 1440,
    },
    triggers,
    teams: raw.teams.map(toTeam),
    routing: { rules, fallback: raw.routing.fallback, accountBy: raw.routing.account_by },
    chat: {
      usual: raw.chat.usual,
      people: new Map(
        Object.entries(raw.chat.people).map(([email, choice]) => [email.toLowerCase(), choice]),
      ),
    },
    ladders: { acknowledge: raw.escalation.acknowledge.map(toStep), touch: raw.escalation.touch.map(toStep) },
    graceMinutes: raw.grace,
    disqualifyReasons: raw.disqualify_reasons.map(({ name, label, follow_up, refund }) => ({
      name,
      label,
      noteRequired: follow_up === 'note',
      refundsTurn: refund,
    })),
  };
}

/** What has to be read from HubSpot for the conditions to be held against it. */
function askedFor(
  conditions: readonly Condition[],
  required: readonly string[],
): Pick<Policy['properties'], 'contact' | 'company' | 'openDeals'> {
  const parts = conditions.flatMap(partsOf);
  const properties = (object: 'contact' | 'company') =>
    parts.flatMap((part) => ('object' in part && part.object === object ? [part.property] : []));
  return {
    contact: [...new Set([...properties('contact'), ...required])],
    company: [...new Set(properties('company'))],
    openDeals: parts.some((part) => part.kind === 'number' && part.attribute === 'open_deals'),
  };
}

function toRule(raw: RawPolicy['routing']['rules'][number], names: Names): RoutingRule {
  return {
    name: raw.name ?? nameOf(raw.to),
    when: raw.if ? toCondition(raw.if, names) : null,
    to: destinationOf(raw.to),
    whenNobody: raw.when_nobody,
  };
}

function destinationOf(raw: RawPolicy['routing']['rules'][number]['to']): RoutingRule['to'] {
  if (raw === 'contact owner') return { kind: 'contactOwner' };
  if (raw === 'account owner') return { kind: 'accountOwner' };
  if ('rep' in raw) return { kind: 'rep', person: raw.rep };
  return 'rotation' in raw ? { kind: 'rotation', team: raw.rotation } : { kind: 'pool', team: raw.pool };
}

/** What a rule without a name is called: where it leads. */
export function nameOf(raw: RawPolicy['routing']['rules'][number]['to']): string {
  return typeof raw === 'string' ? raw : Object.entries(raw).flat().join(' ');
}

function toTeam(raw: RawPolicy['teams'][number]): Team {
  return {
    name: raw.name,
    manager: raw.manager,
    hours: { zone: raw.zone, week: raw.hours },
    members: raw.members.map(({ email, weight, zone, hours, active, caps }) => ({
      id: email,
      weight,
      hours: { zone: zone ?? raw.zone, week: hours ?? raw.hours },
      ownHours: zone !== undefined || hours !== undefined,
      active,
      caps: { open: caps.open ?? null, perDay: caps.per_day ?? null, perHour: caps.per_hour ?? null },
    })),
  };
}

function toStep(raw: RawPolicy['escalation']['touch'][number]): Policy['ladders']['touch'][number] {
  return { offsetMinutes: raw.at, action: raw.do === 'remind' ? 'remind' : 'tellManager' };
}
