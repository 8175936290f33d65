import type { LadderAction, Policy, TargetName } from './policy.ts';

/** Whether there is a mail server, and a secret to sign calls of webhooks with. */
type Configured = { mail: boolean; secret: boolean };

/** What of a policy cannot work outside of the chats as the bot is configured, in words for whoever writes it. */
export function alertNotes(policy: Policy, configured: Configured): string[] {
  const targets: readonly TargetName[] = ['acknowledge', 'touch'];
  const rungs = targets.flatMap((target) =>
    policy.ladders[target].map(({ action }, index) => ({
      place: `escalation.${target}.${index}`,
      what: action.do,
    })),
  );
  const ofPeople = (['mail', 'webhook'] as const)
    .filter((kind) => policy.notify?.allow.includes(kind))
    .map((what) => ({ place: 'notify.allow', what }));
  const ofEvents = policy.events.flatMap(({ secret }, index) =>
    secret === 'WEBHOOK_SECRET' ? [{ place: `events.${index}`, what: 'webhook' as const }] : [],
  );
  return [...rungs, ...ofPeople, ...ofEvents].flatMap(({ place, what }) => {
    const missing = lackOf(what, configured);
    return missing ? [`${place}: ${missing}`] : [];
  });
}

function lackOf(what: LadderAction['do'], { mail, secret }: Configured): string | null {
  if (what === 'mail' && !mail) return 'no mail goes out before SMTP_URL and MAIL_FROM are set';
  return what === 'webhook' && !secret ? 'nothing is called before WEBHOOK_SECRET is set' : null;
}
