import type { HandoffEvent } from '../handoff/handoff.ts';
import type { IntroObstacle } from '../handoff/intro-obstacle.ts';
import { type Line, type Names, person } from '../words/line.ts';
import type { Words } from '../words/words.ts';
import type { CardView, Section } from './card.ts';
import { nearTime } from './near-time.ts';

type Sent = Extract<HandoffEvent, { type: 'introSent' }>;

/** An intro in the thread: one quiet line. */
export function introWords(event: Sent, names: Names, words: Words): Line {
  return words.line('crm.introSent', { rep: person(event.rep, names) });
}

/** How a time is written for whoever reads it. */
type Near = (at: Date) => ReturnType<typeof nearTime>;

/** Why there is none, likewise. */
export function noIntroWords(why: IntroObstacle, near: Near, words: Words): Line {
  return words.line('crm.introNotSent', { why: obstacleWords(why, near, words) });
}

/** What the holder's card says of it: the last thing that happened about it, if anything did. */
export function introSection(view: CardView): Section[] {
  const { log, handoff, names, words } = view;
  const last = log.findLast(
    ({ event }) => event.type === 'introSent' || event.type === 'introNotSent',
  )?.event;
  const near: Near = (at) => nearTime(at, view);
  const title = words.text('crm.intro');
  if (last?.type === 'introSent') {
    const at = near(last.at);
    const text =
      last.rep === handoff.assignment.rep
        ? words.line('crm.introFromYou', { at })
        : words.line('crm.introFrom', { rep: names.get(last.rep) ?? last.rep, at });
    return [{ kind: 'text', title, text }];
  }
  if (last?.type !== 'introNotSent' || last.rep !== handoff.assignment.rep) return [];
  return [
    { kind: 'text', title, text: words.line('crm.introNot', { why: obstacleWords(last.why, near, words) }) },
  ];
}

function obstacleWords(why: IntroObstacle, near: Near, words: Words): Line {
  switch (why.kind) {
    case 'recent':
      return words.line('crm.recent', { at: near(why.at) });
    case 'noSequence':
      return words.line('crm.noSequence', { sequence: why.sequence });
    case 'refused':
      return words.line('crm.introRefused');
    default:
      return words.line(`crm.${why.kind}`);
  }
}
