import type { SlackServer } from '../../../../sandbox/slack/server.ts';
import type { History } from '../history.ts';

/**
 * What is wrong with people's messages in Slack: whatever stands there twice, and cards that are out of date. Channels,
 * where nobody can look for a card whose sending had an unknown end, may have it twice.
 */
export function wrongMessages(
  slack: SlackServer,
  people: readonly string[],
  histories: readonly History[],
): string[] {
  const logs = new Map(histories.map(({ handoff, log }) => [handoff.id, log]));
  return people.flatMap((person) => {
    const messages = slack.messages(person).flatMap((message) => [message, ...message.replies]);
    const marks = messages.flatMap(({ metadata }) => metadata ?? []);
    const names = marks.map(({ event_type, event_payload }) => nameOf(event_type, event_payload));
    const doubled = names.filter((name, index) => names.indexOf(name) !== index);
    const outdated = marks.flatMap(({ event_type, event_payload: { handoff, revision } }) => {
      if (event_type !== 'lead_handoff') return [];
      // That a card has arrived changes nothing on it.
      const log = logs.get(String(handoff))?.filter(({ event }) => event.type !== 'delivered') ?? [];
      const missing = log.find(({ seq }) => seq > Number(revision));
      return missing
        ? [`${person} has a card of handoff ${handoff} from before its event ${missing.seq}`]
        : [];
    });
    return [...doubled.map((name) => `${person} has twice: ${name}`), ...outdated];
  });
}

function nameOf(type: string, { handoff, seq, bulletin }: Record<string, unknown>): string {
  return [type, handoff, seq, bulletin].filter((part) => part !== undefined).join(' ');
}
