import { type Condition, partsOf } from '../domain/policy/condition.ts';
import type {
  HolidayCalendar,
  Policy,
  RoutingRule,
  Team,
  WorkingHours,
  WorkingWeek,
} from '../domain/policy/policy.ts';
import { toCardRules } from './card.ts';
import { type Names, toCondition } from './conditions.ts';
import { toDealRule } from './deals.ts';
import { nameOf, toDestination } from './destinations.ts';
import { toEventDestination } from './events.ts';
import { toIntro } from './intros.ts';
import { toStep } from './ladder.ts';
import { toMarketing } from './marketing.ts';
import { toNotify } from './notify.ts';
import { toDisqualifyReason, toHandBackReason } from './reasons.ts';
import { toRecycle } from './recycle.ts';
import type { RawPolicy } from './schema.ts';
import { toSummaries } from './summaries.ts';
import { toSummaryModel } from './summary.ts';
import { toSuppression } from './suppression.ts';
import { toTargets } from './targets.ts';

/** The policy in the domain's terms. */
export function toPolicy(raw: RawPolicy, version: string): Policy {
  const names: Names = { regions: raw.regions, segments: raw.segments };
  const never = raw.qualification.never.map(({ name, label, when }) => ({
    name,
    label,
    when: toCondition(when, names),
  }));
  const triggers = raw.triggers.map(({ name, label, when, targets, cool_down, once, deliver }) => ({
    name,
    label,
    when: toCondition(when, names),
    targets: toTargets(targets, names),
    coolDownMinutes: cool_down ?? null,
    once,
    ...(deliver && { digestAt: deliver }),
  }));
  const rules = raw.routing.rules.map((rule) => toRule(rule, names));
  const deals = raw.deals.map((one) => toDealRule(one, names));
  const intros = raw.intro.map((one) => toIntro(one, names));
  const recycle = toRecycle(raw.recycle, names);
  const idealProfile = raw.ideal_profile.map(({ label, when }) => ({
    label,
    when: toCondition(when, names),
  }));
  const conditions = [
    ...[...never, ...idealProfile].map(({ when }) => when),
    ...[...triggers, ...recycle.wake].flatMap(({ when, targets }) => [
      when,
      ...targets.flatMap((one) => one.when ?? []),
    ]),
    ...[...rules, ...deals].flatMap(({ when }) => when ?? []),
    ...intros.flatMap((intro) => [intro.if ?? [], intro.optedIn ?? []].flat()),
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
      ...(raw.qualification.start > 0 && { beforeStartMinutes: raw.qualification.start }),
    },
    triggers,
    teams: raw.teams.map(toTeam),
    routing: { rules, fallback: raw.routing.fallback, accountBy: raw.routing.account_by },
    language: raw.language,
    threads: raw.thread,
    ...toChat(raw.chat),
    ladders: { acknowledge: raw.escalation.acknowledge.map(toStep), touch: raw.escalation.touch.map(toStep) },
    notify: raw.notify && toNotify(raw.notify),
    respectsQuiet: raw.do_not_disturb === 'respect',
    webhooks: raw.webhooks,
    events: raw.events.map(toEventDestination),
    grace: raw.grace,
    silentAfter: raw.silent_after,
    suppression: raw.suppression && toSuppression(raw.suppression),
    disqualifyReasons: raw.disqualify_reasons.map(toDisqualifyReason),
    handBackReasons: raw.hand_back_reasons.map(toHandBackReason),
    overturnWithinMinutes: raw.overturn_within,
    recycle,
    deals,
    intros,
    leadRecords: raw.lead_object,
    briefing: { formAnswers: raw.briefing.form_answers },
    pages: new Map(Object.entries(raw.pages)),
    update: raw.update,
    admins: raw.admins ?? [raw.routing.fallback],
    whoSees: raw.who_sees,
    cards: toCardRules(raw.card),
    ...toMarketing(raw.marketing, raw.teams[0]?.zone),
    ...toSummaries(raw.summaries),
    ...(idealProfile.length > 0 && { idealProfile }),
    ...toSummaryModel(raw.summary),
    retention: {
      events: raw.retention.events,
      neverHandedOver: raw.retention.never_handed_over,
      handedOver: raw.retention.handed_over,
    },
  };
}

function toChat({ usual, people }: RawPolicy['chat']): Pick<Policy, 'chat' | 'chatAddresses'> {
  const each = Object.entries(people).map(([email, written]) => ({
    person: email.toLowerCase(),
    ...(typeof written === 'string' ? { usual: written } : written),
  }));
  return {
    chat: {
      usual,
      people: new Map(each.flatMap((one) => (one.usual ? [[one.person, one.usual] as const] : []))),
    },
    chatAddresses: new Map(
      each.flatMap(({ person, usual: _, ...addresses }) =>
        Object.keys(addresses).length > 0 ? [[person, addresses] as const] : [],
      ),
    ),
  };
}

/** What has to be read from HubSpot for the conditions to be checked. */
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
    to: toDestination(raw.to),
    whenNobody: raw.when_nobody,
  };
}

function toTeam(raw: RawPolicy['teams'][number]): Team {
  return {
    name: raw.name,
    manager: raw.manager,
    hours: hoursIn(raw.zone, raw.hours, raw.holidays),
    members: raw.members.map(({ email, weight, zone, hours, holidays, active, caps }) => ({
      id: email,
      weight,
      hours: hoursIn(zone ?? raw.zone, hours ?? raw.hours, holidays ?? raw.holidays),
      ownHours: zone !== undefined || hours !== undefined,
      active,
      caps: { open: caps.open ?? null, perDay: caps.per_day ?? null, perHour: caps.per_hour ?? null },
    })),
  };
}

function hoursIn(zone: string, week: WorkingWeek, holidays: HolidayCalendar | undefined): WorkingHours {
  return { zone, week, ...(holidays && { holidays }) };
}
