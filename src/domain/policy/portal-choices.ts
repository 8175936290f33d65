import { comparable } from './compare-words.ts';
import type { Condition } from './condition.ts';
import { conditionsOf } from './conditions-of.ts';
import { dealRuleMeant } from './deals.ts';
import type { Pipelines } from './pipelines.ts';
import type { Policy } from './policy.ts';
import { pipelineObjectsOf } from './stages-of.ts';

/** What a portal lets people choose: the value that it keeps, a number for what it has added, and what its pages say. */
export type Choice = { value: string; label: string };

/** The lifecycle stages, lead statuses and pipelines of a portal; null where the bot may not read them. */
export type Choices = Readonly<Record<ChoiceProperty, readonly Choice[] | null>> & { pipelines: Pipelines };

type ChoiceProperty = 'lifecycle' | 'lead_status';

/** A stage or status that a policy names and the portal does not have. */
export type UnknownChoice = { where: string; property: ChoiceProperty; name: string };

/** HubSpot's own stages and statuses (its property documentation), which are the same in every portal that kept them. */
const standard: Readonly<Record<ChoiceProperty, ReadonlySet<string>>> = {
  lifecycle: new Set(
    'subscriber lead marketingqualifiedlead salesqualifiedlead opportunity customer evangelist other'.split(
      ' ',
    ),
  ),
  lead_status: new Set(
    'NEW OPEN IN_PROGRESS OPEN_DEAL UNQUALIFIED ATTEMPTED_TO_CONTACT CONNECTED BAD_TIMING'.split(' '),
  ),
};

/**
 * The policy with stages and statuses by the portal's values: people name them as its pages do, "Sales accepted", and
 * leads have a number there. Names that are values already stay, and so do those that the portal does not know.
 */
export function withChoices(policy: Policy, choices: Choices): Policy {
  const translated = (condition: Condition): Condition => {
    switch (condition.kind) {
      case 'all':
      case 'any':
        return { ...condition, of: condition.of.map(translated) };
      case 'not':
      case 'segment':
        return { ...condition, of: translated(condition.of) };
      case 'stageEntered':
        return { ...condition, stages: condition.stages.map((name) => choiceOf(name, choices.lifecycle)) };
      case 'text': {
        const of = propertyOf(condition.attribute);
        return of
          ? { ...condition, anyOf: condition.anyOf.map((name) => choiceOf(name, choices[of])) }
          : condition;
      }
      default:
        return condition;
    }
  };
  const inWhen = <T extends { when: Condition | null }>(one: T): T => ({
    ...one,
    when: one.when && translated(one.when),
  });
  const { qualification, triggers, recycle, routing, deals } = policy;
  return {
    ...policy,
    qualification: { ...qualification, never: qualification.never.map(inWhen) },
    triggers: triggers.map((trigger) => ({ ...inWhen(trigger), targets: trigger.targets.map(inWhen) })),
    recycle: {
      ...recycle,
      lifecycle: recycle.lifecycle && choiceOf(recycle.lifecycle, choices.lifecycle),
      leadStatus: recycle.leadStatus && choiceOf(recycle.leadStatus, choices.lead_status),
      wake: recycle.wake.map(inWhen),
    },
    routing: { ...routing, rules: routing.rules.map(inWhen) },
    deals: deals.map((rule) => dealRuleMeant(inWhen(rule), choices.pipelines.deals)),
  };
}

/** The stages and statuses of a policy that a portal does not have; of what may not be read of it none. */
export function unknownChoices(policy: Policy, choices: Choices): UnknownChoice[] {
  return namesIn(policy).filter(({ property, name }) => {
    const known = choices[property];
    return known !== null && !known.some(({ value, label }) => isSame(name, value) || isSame(name, label));
  });
}

/** Whether a policy names stages or statuses that are not HubSpot's own, so that only the portal tells what is meant. */
export function namesPortalsOwn(policy: Policy): boolean {
  return namesIn(policy).some(isPortalsOwn) || pipelineObjectsOf(policy).length > 0;
}

/** What a policy names that only the portal could tell, and does not; in words. */
export function unreadChoiceWords(policy: Policy, choices: Choices): string[] {
  return namesIn(policy)
    .filter((named) => choices[named.property] === null && isPortalsOwn(named))
    .map(({ where, property, name }) => {
      const what = nameOf(property);
      return `${where}: HubSpot does not let the bot read the ${what} property, so that "${name}" is taken for an internal value`;
    });
}

function isPortalsOwn({ property, name }: UnknownChoice): boolean {
  return ![...standard[property]].some((value) => isSame(name, value));
}

/** An unknown choice in words: where it stands, what was found, what is expected. */
export function unknownChoiceWords({ where, property, name }: UnknownChoice, choices: Choices): string {
  const expected = choices[property]?.map(({ label }) => label).join(', ');
  return `${where}: found the ${nameOf(property)} "${name}", which HubSpot does not have, expected one of ${expected}`;
}

function namesIn(policy: Policy): UnknownChoice[] {
  const isUsed = policy.disqualifyReasons.some(({ outcome }) => outcome === 'recycled');
  const { lifecycle, leadStatus } = isUsed ? policy.recycle : { lifecycle: null, leadStatus: null };
  const inConditions = conditionsOf(policy).flatMap(({ where, part }) => {
    const property = part.kind === 'text' ? propertyOf(part.attribute) : 'lifecycle';
    const names = part.kind === 'text' ? part.anyOf : part.kind === 'stageEntered' ? part.stages : [];
    return property ? names.map((name) => ({ where, property, name })) : [];
  });
  return [
    ...inConditions,
    ...(lifecycle ? [{ where: 'recycle', property: 'lifecycle', name: lifecycle } as const] : []),
    ...(leadStatus ? [{ where: 'recycle', property: 'lead_status', name: leadStatus } as const] : []),
  ];
}

function nameOf(property: ChoiceProperty): string {
  return property === 'lifecycle' ? 'lifecycle stage' : 'lead status';
}

function propertyOf(attribute: string): ChoiceProperty | null {
  return attribute === 'lifecycle' || attribute === 'lead_status' ? attribute : null;
}

/** A name that is a value means that value, whatever other choice bears it as a label. */
function choiceOf(name: string, choices: readonly Choice[] | null): string {
  if (!choices || choices.some(({ value }) => isSame(name, value))) return name;
  return choices.find(({ label }) => isSame(name, label))?.value ?? name;
}

function isSame(one: string, other: string): boolean {
  return comparable(one) === comparable(other);
}
