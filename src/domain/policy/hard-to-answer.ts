import type { PortalProperty } from '../lead/portal-property.ts';
import { conditionsOf, type Placed } from './conditions-of.ts';
import type { Policy } from './policy.ts';
import { unfitToUpdate } from './to-update.ts';

/** The properties that a portal has, by name. */
export type PortalProperties = {
  contact: ReadonlyMap<string, PortalProperty>;
  company: ReadonlySet<string>;
};

/**
 * What of a policy a portal cannot answer, or not in full, each in words with where it stands.
 * @param portal null: it is not known what it has
 */
export function hardToAnswer(policy: Policy, portal: PortalProperties | null): string[] {
  const notes = conditionsOf(policy).flatMap((placed) => [
    ...pagesUnseen(placed),
    ...workflowsNeeded(placed),
    ...(portal ? missing(placed, policy, portal) : []),
  ]);
  return [...new Set([...notes, ...(portal ? unfitToUpdate(policy, portal.contact) : [])])];
}

function pagesUnseen({ where, part }: Placed): string[] {
  if (part.kind !== 'page') return [];
  const pages = part.contains.join(' or ');
  return [
    `${where}: HubSpot names the last page of a visit and counts those before, so that views of ${pages} in the ` +
      'middle of a visit are not seen. visits_ending_on says what HubSpot does tell',
  ];
}

function workflowsNeeded({ where, part }: Placed): string[] {
  if (part.kind !== 'workflow') return [];
  return [
    `${where}: is met by a workflow with the bot's action, and portals have workflows from HubSpot Professional on`,
  ];
}

function missing({ where, part }: Placed, { properties }: Policy, portal: PortalProperties): string[] {
  const lacks = (object: 'contact' | 'company', name: string | null, hint: string) =>
    name === null || portal[object].has(name)
      ? []
      : [`${where}: is never met, as the portal has no ${object} property "${name}"${hint}`];
  switch (part.kind) {
    case 'scoreReached':
      return lacks('contact', properties.score, scoreHint);
    case 'number':
      return part.attribute === 'score' ? lacks('contact', properties.score, scoreHint) : [];
    case 'text':
      return part.attribute === 'product' ? lacks('contact', properties.product, '') : [];
    case 'property':
    case 'propertyNumber':
    case 'propertyKnown':
      return lacks(part.object, part.property, '');
    default:
      return [];
  }
}

const scoreHint = '. Scores come with HubSpot Professional and have a property each';
