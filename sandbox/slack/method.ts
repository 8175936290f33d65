import type { Fields } from '../fields.ts';
import type { Arguments } from './arguments.ts';
import type { Issue } from './block-checks.ts';
import type { Tier } from './rate-limits.ts';
import type { Triggers } from './triggers.ts';
import type { Views } from './views.ts';
import type { Workspace } from './workspace.ts';

/** What the methods work on. */
export type SlackState = {
  readonly workspace: Workspace;
  readonly views: Views;
  readonly triggers: Triggers;
  /** The bot scopes that the installation granted. */
  readonly scopes: readonly string[];
  /** Whether the app's settings show people a Home tab. */
  readonly hasHomeTab: () => boolean;
};

export type Refusal = { ok: false; error: string } & Fields;
export type Answer = ({ ok: true } & Fields) | Refusal;

/** One method of the Web API. */
export type Method = {
  /** The bot scope that it needs. */
  readonly scope: string | null;
  readonly tier: Tier;
  /** Arguments without which Slack answers `invalid_arguments`. */
  readonly required: readonly string[];
  readonly run: (args: Arguments, state: SlackState) => Answer;
};

export function missingScope(needed: string, granted: readonly string[]): Refusal {
  return { ...refuse('missing_scope'), needed, provided: granted.join(',') };
}

/** A refusal in Slack's words: the code and, for malformed arguments, every fault with its JSON pointer. */
export function refuse(error: string, issues: readonly Issue[] = []): Refusal {
  if (issues.length === 0) return { ok: false, error };
  const errors = issues.map(({ message, pointer }) => `${message} [json-pointer:${pointer}]`);
  return {
    ok: false,
    error,
    errors,
    response_metadata: { messages: errors.map((message) => `[ERROR] ${message}`) },
  };
}
