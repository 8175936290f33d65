import type { LadderAction, Policy, TargetName } from './policy.ts';

/** Whether there is a mail server, and in a variable a secret to sign calls of webhooks with. */
type Configured = { mail: boolean; hasSecret: (variable: string) => boolean };

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
  const ofEvents = policy.events.map(({ secret }, index) => {
    return { place: `events.${index}`, what: 'webhook' as const, secret };
  });
  const ofAlerts = [...rungs, ...ofPeople].map((one) => ({ ...one, secret: 'WEBHOOK_SECRET' }));
  return [...ofAlerts, ...ofEvents].flatMap(({ place, what, secret }) => {
    const missing = lackOf(what, secret, configured);
    return missing ? [`${place}: ${missing}`] : [];
  });
}

function lackOf(what: LadderAction['do'], secret: string, { mail, hasSecret }: Configured): string | null {
  if (what === 'mail' && !mail) return 'no mail goes out before SMTP_URL and MAIL_FROM are set';
  return what === 'webhook' && !hasSecret(secret) ? `nothing is called before ${secret} is set` : null;
}
