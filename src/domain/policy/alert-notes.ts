import type { LadderAction, Policy, TargetName } from './policy.ts';

/** What of a policy cannot work outside of the chats as the bot is configured, in words for whoever writes it. */
export function alertNotes(policy: Policy, configured: { mail: boolean; secret: boolean }): string[] {
  const targets: readonly TargetName[] = ['acknowledge', 'touch'];
  return targets.flatMap((target) =>
    policy.ladders[target].flatMap(({ action }, index) => {
      const missing = lackOf(action, configured);
      return missing ? [`escalation.${target}.${index}: ${missing}`] : [];
    }),
  );
}

function lackOf(
  { do: what }: LadderAction,
  { mail, secret }: { mail: boolean; secret: boolean },
): string | null {
  if (what === 'mail' && !mail) return 'no mail goes out before SMTP_URL and MAIL_FROM are set';
  return what === 'webhook' && !secret ? 'nothing is called before WEBHOOK_SECRET is set' : null;
}
