import type { Outcome as TeamsOutcome } from '../teams/server.ts';
import type { Journal } from './journal.ts';
import { done } from './outcome.ts';
import type { ActOf, Outcome } from './protocol.ts';
import { titleOf } from './teams-words.ts';
import { nameOf, type World } from './world.ts';

/** Presses a button of a card. */
export async function pressInTeams(act: ActOf<'press'>, world: World, journal: Journal): Promise<Outcome> {
  const { who, messageId, verb, data, inputs } = act;
  const card = world.teams.messages(who).find(({ id }) => id === messageId)?.shown;
  if (card) journal.add('Teams', `${nameOf(who, world)} pressed “${titleOf(card, verb)}”`);
  return told(await world.teams.press(who, { messageId, verb, data, inputs }), journal);
}

/** Types letters into an input of a card. */
export async function searchInTeams(
  { who, messageId, inputId, text }: ActOf<'search'>,
  { teams }: World,
  journal: Journal,
): Promise<Outcome> {
  const { choices, ...outcome } = await teams.search(who, { messageId, inputId, text });
  const found = choices.map(({ title: label, value }) => ({ value, label }));
  return { ...told(outcome, journal), found };
}

/** Looks at the conversation: Teams asks the bot anew for its cards, and says nothing when that fails. */
export async function viewTeams({ who }: ActOf<'view'>, world: World, journal: Journal): Promise<Outcome> {
  for (const outcome of await world.teams.view(who)) told(outcome, journal);
  return done;
}

/** Types a message. */
export async function writeInTeams(
  { who, text }: ActOf<'write'>,
  { teams }: World,
  journal: Journal,
): Promise<Outcome> {
  const outcome = await teams.write(who, text);
  const { ok, problem } = told(outcome, journal);
  return { ...done, ok, problem };
}

/** What Teams would tell the person, and the log. */
function told({ result, status, reason, errors, text }: TeamsOutcome, journal: Journal): Outcome {
  switch (result) {
    case 'answered':
      return { ...done, note: text ?? reason };
    case 'refused': {
      const wrong = Object.values(errors);
      return { ...done, ok: false, note: wrong.length > 0 ? wrong.join(' ') : reason };
    }
    case 'timeout':
    case 'unreachable': {
      const how = reason ?? (status === null ? 'no connection' : `HTTP ${status}`);
      const problem = `Unable to reach app: ${how}.`;
      journal.add('Teams', problem, { tone: 'bad' });
      return { ...done, ok: false, problem, note: 'Unable to reach app. Please try again.' };
    }
    default:
      return result satisfies never;
  }
}
