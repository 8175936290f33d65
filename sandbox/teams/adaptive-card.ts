import { z } from 'zod';
import { type Fields, isFields, stringAt } from '../fields.ts';
import { actionKinds } from './card-actions.ts';
import { elementKinds } from './card-elements.ts';
import { nodesOf } from './card-tree.ts';
import { backgroundImage, oneOf, pixels, someText, vertical } from './card-values.ts';

/** A card that passed the checks. */
export type AdaptiveCardJson = Fields & { readonly type: 'AdaptiveCard' };

/** The strictest figure that is documented for a card; here it holds for the whole message as well. */
export const maxCardBytes = 28 * 1024;

/** More people than these are not asked automatically (Teams, "User Specific Views"). */
const maxRefreshUsers = 60;

/** The version of Adaptive Cards that knows each of these; a card of a lower version loses them. */
const versionOf: Readonly<Record<string, string>> = {
  ActionSet: '1.2',
  RichTextBlock: '1.2',
  'Action.ToggleVisibility': '1.2',
  'Action.Execute': '1.4',
  Table: '1.5',
};

const innerCard: z.ZodType = z.lazy(() => z.strictObject({ ...content, version: version.optional() }));
const { action, selectAction, execute } = actionKinds(innerCard);
const element = elementKinds({ action, selectAction });

const version = z.string().regex(/^1\.[0-5]$/, { error: 'expected a version from 1.0 to 1.5' });
const content = {
  type: z.literal('AdaptiveCard'),
  $schema: z.string().optional(),
  body: z.array(element).optional(),
  actions: z.array(action).optional(),
  selectAction: selectAction.optional(),
  fallbackText: z.string().optional(),
  backgroundImage: backgroundImage.optional(),
  minHeight: pixels.optional(),
  rtl: z.boolean().optional(),
  speak: z.string().optional(),
  lang: z.string().optional(),
  verticalContentAlignment: vertical.optional(),
};
const mention = z.strictObject({
  type: z.literal('mention'),
  text: someText,
  mentioned: z.strictObject({ id: someText, name: someText }),
});
const card = z.strictObject({
  ...content,
  version,
  refresh: z
    .strictObject({
      type: z.literal('Refresh').optional(),
      action: execute,
      userIds: z.array(someText).max(maxRefreshUsers).optional(),
    })
    .optional(),
  msteams: z
    .strictObject({ width: oneOf('full').optional(), entities: z.array(mention).optional() })
    .optional(),
});

/**
 * What is wrong with a card that shall be shown in Teams, each with its JSON pointer; empty when nothing is.
 * An element or property that 1.5 does not know, but for what Teams adds to it, is refused, with a fallback or without: Teams would leave it
 * out without a word.
 */
export function findCardIssues(value: unknown): string[] {
  const parsed = card.safeParse(value);
  if (!parsed.success) return parsed.error.issues.flatMap((issue) => describe(issue));
  const bytes = Buffer.byteLength(JSON.stringify(value));
  return [
    ...idIssues(value),
    ...versionIssues(value, parsed.data.version),
    ...targetIssues(value),
    ...(bytes > maxCardBytes ? [`/: ${bytes} bytes: expected at most ${maxCardBytes}`] : []),
  ];
}

function idIssues(value: unknown): string[] {
  const seen = new Set<string>();
  return nodesOf(value).flatMap(({ node, pointer }) => {
    const id = stringAt(node, 'id');
    if (id === null) return [];
    const isTaken = seen.has(id);
    seen.add(id);
    return isTaken ? [`${pointer}/id: "${id}" is the id of another item: expected one of its own`] : [];
  });
}

function versionIssues(value: unknown, given: string): string[] {
  return nodesOf(value).flatMap(({ node, pointer }) => {
    const since = versionOf[stringAt(node, 'type') ?? ''];
    if (since === undefined || since <= given) return [];
    return [`${pointer}/type: ${node['type']} in a card of version ${given}: expected ${since} or later`];
  });
}

/** Teams says nothing of an action that would show or hide what is not there. */
function targetIssues(value: unknown): string[] {
  const nodes = nodesOf(value);
  const ids = new Set(nodes.map(({ node }) => stringAt(node, 'id')));
  return nodes.flatMap(({ node, pointer }) =>
    targetsOf(node)
      .filter((id) => !ids.has(id))
      .map((id) => `${pointer}/targetElements: nothing has the id "${id}": expected an element of the card`),
  );
}

function targetsOf({ targetElements }: Fields): string[] {
  if (!Array.isArray(targetElements)) return [];
  return targetElements.map((target) => (isFields(target) ? String(target['elementId']) : String(target)));
}

/** Of a choice that failed, the branch that came furthest says best what is wrong. */
function describe(issue: z.core.$ZodIssue, base: readonly PropertyKey[] = []): string[] {
  const path = [...base, ...issue.path];
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const depth = (branch: readonly z.core.$ZodIssue[]): number =>
      Math.max(...branch.map((inner) => inner.path.length));
    const furthest = issue.errors.reduce((best, branch) => (depth(branch) >= depth(best) ? branch : best));
    return furthest.flatMap((inner) => describe(inner, path));
  }
  return [`/${path.map(String).join('/')}: ${issue.message}`];
}
