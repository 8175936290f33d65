import { type Fields, isFields } from '../fields.ts';
import { type Arguments, jsonArgument, stringArgument } from './arguments.ts';
import { findViewIssues } from './block-kit.ts';
import { type Answer, type Method, type Refusal, refuse, type SlackState } from './method.ts';

export const viewMethods: Readonly<Record<string, Method>> = {
  'views.open': { scope: null, tier: 4, required: ['trigger_id', 'view'], run: open },
  'views.push': { scope: null, tier: 4, required: ['trigger_id', 'view'], run: push },
  'views.update': { scope: null, tier: 4, required: ['view'], run: update },
  'views.publish': { scope: null, tier: 4, required: ['user_id', 'view'], run: publish },
};

const maxViewBytes = 250_000;

function open(args: Arguments, { views, triggers }: SlackState): Answer {
  const read = readView(jsonArgument(args, 'view'), 'modal');
  if (!read.ok) return read;
  const trigger = triggers.exchange(stringArgument(args, 'trigger_id') ?? '');
  return trigger.ok ? views.open(trigger.userId, read.view) : refuse(trigger.error);
}

function push(args: Arguments, { views, triggers }: SlackState): Answer {
  const read = readView(jsonArgument(args, 'view'), 'modal');
  if (!read.ok) return read;
  const trigger = triggers.exchange(stringArgument(args, 'trigger_id') ?? '');
  return trigger.ok ? views.push(trigger.userId, trigger.viewId, read.view) : refuse(trigger.error);
}

function update(args: Arguments, { views }: SlackState): Answer {
  const viewId = stringArgument(args, 'view_id');
  const externalId = stringArgument(args, 'external_id');
  if (viewId === null && externalId === null) {
    return refuse('invalid_arguments', [{ message: 'missing required field: view_id', pointer: '' }]);
  }
  const source = jsonArgument(args, 'view');
  const read = readView(source, isFields(source) && source['type'] === 'home' ? 'home' : 'modal');
  if (!read.ok) return read;
  return views.update({ viewId, externalId, hash: stringArgument(args, 'hash') }, read.view);
}

function publish(args: Arguments, { views, workspace, hasHomeTab }: SlackState): Answer {
  if (!hasHomeTab()) return refuse('not_enabled');
  const userId = stringArgument(args, 'user_id') ?? '';
  const read = readView(jsonArgument(args, 'view'), 'home');
  if (!read.ok) return read;
  if (!workspace.users().some(({ id }) => id === userId)) {
    return refuse('invalid_arguments', [{ message: 'invalid `user_id`', pointer: '/user_id' }]);
  }
  return views.publish(userId, read.view, stringArgument(args, 'hash'));
}

/** A view of the type that the place asks for, or why Slack would not show it. */
export function readView(source: unknown, type: 'modal' | 'home'): { ok: true; view: Fields } | Refusal {
  if (!isFields(source)) {
    return refuse('invalid_arguments', [{ message: 'must be a JSON object', pointer: '/view' }]);
  }
  const issues = findViewIssues(source, type);
  if (issues.length > 0) return refuse('invalid_arguments', issues);
  if (Buffer.byteLength(JSON.stringify(source)) > maxViewBytes) return refuse('view_too_large');
  return { ok: true, view: source };
}
