import type { Activity } from '../lead/lead.ts';
import { type Line, line, person, plain } from '../words/line.ts';
import type { Once, Told } from './fact.ts';
import { quoted } from './quoted.ts';
import type { BriefingView } from './view.ts';
import { when } from './when.ts';

const talks: ReadonlySet<Activity['kind']> = new Set(['call', 'email', 'meeting', 'message']);

/**
 * The last conversation, by whom, in its words: "Last word Oct 28, by email: “We look at tools in Q4.”" One of which the
 * words are known goes before one without; where nobody talked, what a colleague noted.
 * @param told the activity that is told already
 */
export function lastWord(view: BriefingView, told: string | null, once: Once): Told | null {
  const { words, now } = view;
  const past = view.lead.activities.filter(
    ({ id, at, automated, calledOff }) => id !== told && at <= now && !automated && !calledOff,
  );
  const talked = past.filter(({ kind }) => talks.has(kind));
  const hasWords = ({ text }: Activity) => Boolean(text?.trim());
  const last =
    talked.find(hasWords) ??
    past.find((activity) => activity.kind === 'note' && hasWords(activity)) ??
    talked[0];
  if (!last) return null;
  const how = howOf(last, view);
  const fact = once({
    label: words.text('briefing.lastWordLabel'),
    // A title that is not told here may be told elsewhere.
    value: last.text?.trim() || plain(how),
    at: last.at,
    source: { kind: 'activity', id: last.id },
  });
  if (!fact) return null;
  const what = line`${when(last.at, view)}, ${how}`;
  const said = last.text?.trim() ? line`${what}: ${quoted(last.text)}` : what;
  return { line: words.line('briefing.lastWord', { said }), facts: [fact] };
}

const hows = {
  call: 'briefing.onThePhone',
  email: 'briefing.byEmail',
  meeting: 'briefing.inMeeting',
  message: 'briefing.byMessage',
  note: 'briefing.inNote',
  task: 'briefing.inNote',
} as const;

/** In which way, and by which colleague unless it was the lead. */
function howOf({ kind, direction, ownerId }: Activity, { words, names, owners, reader }: BriefingView): Line {
  const how = words.text(hows[kind]);
  const by = direction === 'inbound' ? undefined : owners.get(ownerId ?? '');
  if (!by) return line`${how}`;
  const who = by === reader ? words.line('briefing.you') : [person(by, names)];
  return words.line('briefing.talked', { who, how });
}
