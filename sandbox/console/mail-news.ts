import type { Journal } from './journal.ts';
import { nameOf, type World } from './world.ts';

/** Tells the journal which mails arrive, and what they say. */
export function followMail(world: World, journal: Journal): void {
  world.mail.onArrival(({ to, subject, text, headers }) => {
    const [, handoffId] = /^<([^@>]+)@/.exec(headers.get('references') ?? '') ?? [];
    const said = text.replaceAll(/\s+/g, ' ').trim();
    journal.add('Mail', `${nameOf(to, world)} got a mail: ${subject}. “${said}”`, {
      about: handoffId === undefined ? null : { handoffId },
    });
  });
}
