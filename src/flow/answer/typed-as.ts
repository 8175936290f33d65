import type { Platform } from '../../domain/policy/policy.ts';

/** A command as people type it: behind a slash command in Slack, as a message in Teams. */
export function typedAs(platform: Platform, words: string): string {
  return platform === 'slack' ? `/handoff ${words}` : words;
}
