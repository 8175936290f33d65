import { lines } from '../../domain/card/answers.ts';
import type { Answers, FormName } from '../../domain/card/form.ts';
import { type Line, line, plain } from '../../domain/words/line.ts';
import type { Answer, AskBack, Click, MessageRef, ShownForm } from '../../flow/ports/chat.ts';
import { refusal, sorry } from '../refusals.ts';
import type { AdaptiveCard } from './adaptive-card.ts';
import { teamsLine, teamsRefusal, teamsSummary } from './card.ts';
import type { TeamsContext } from './context.ts';
import { showCurrentCard } from './current-card.ts';
import { teamsForm } from './form-card.ts';
import { noteSeen } from './note-seen.ts';
import { keepForm, takeForm } from './open-form.ts';
import { nothing, type Outcome, type Shown } from './outcome.ts';
import type { Incoming, OnForm, Place } from './parse-action.ts';

type Action = Extract<Incoming, { kind: 'action' }>;
type Open = Extract<Incoming, { kind: 'open' }>;

/** A form and its message; null when that is not known, or somebody was faster. */
type SentIn = OnForm & { message: MessageRef | null };

const givenUp = line`Nothing was changed.`;

/** Brings the form as a message of its own; the card stays as it is. */
export async function answerOpen(open: Open, context: TeamsContext): Promise<Outcome> {
  const { via, who, place, messageId, attempt } = open;
  const { refused } = await bringForm(open, context);
  if (via === 'submit') {
    await noteSeen(who, context);
    if (refused) await context.sendLine(place, refused);
    return nothing;
  }
  const beside = refused ? { notice: refused } : {};
  const answer = refused && refusal(refused);
  return showCurrentCard({ place, messageId, attempt, who }, beside, answer, context);
}

/** @returns why it cannot be had; null, and what it is called, when it is there */
export async function bringForm(
  { who, form: name, place }: Pick<Open, 'who' | 'form' | 'place'>,
  context: TeamsContext,
): Promise<{ refused: Line } | { refused: null; title: string }> {
  try {
    const prepared = await context.steps.prepareForm(who, name);
    if ('refused' in prepared) return prepared;
    const refused = await sendForm(prepared, who, place, context);
    return refused ? { refused } : { refused, title: prepared.form.title };
  } catch (error) {
    context.logFailure(error, 'a form in Teams could not be brought', who.handoffId);
    return { refused: sorry };
  }
}

/** @returns why it is not there; null when it is */
async function sendForm(
  { form, whose, about, revision, leadId }: ShownForm,
  who: Omit<Click, 'commandId'>,
  place: Place,
  context: TeamsContext,
): Promise<Line | null> {
  const { steps, send, takeBack, logFailure } = context;
  let messageId: string | null = null;
  try {
    const mark = { handoffId: who.handoffId, revision, whose, about };
    const card = teamsForm(form, mark, { zone: place.zone });
    messageId = await send(place, { card, summary: teamsSummary(about, line`${form.title}`) });
    if (messageId === null) return sorry;
    const { conversationId } = place;
    await steps.noteSaid({ platform: 'teams', conversationId, messageId, leadIds: [leadId] });
    await keepForm(who, form.name, { ...place, messageId }, context);
    return null;
  } catch (error) {
    logFailure(error, 'a form in Teams could not be brought', who.handoffId);
    // Of a form that nobody knows of it would be wrong to say that it is not there.
    if (messageId !== null) await takeBack({ ...place, messageId });
    return sorry;
  }
}

/** A form may still be brought so long after somebody did something: they have hardly gone on to the next lead. */
const thereForMs = 60_000;

/** How a form can follow what somebody did, by itself. */
export function askingBack(
  { click, place }: Pick<Action, 'click' | 'place'>,
  context: TeamsContext,
): AskBack {
  return {
    forMs: thereForMs,
    show: async (form) => {
      const refused = await sendForm(form, click, place, context);
      if (refused) throw new Error(`the form ${form.form.name} could not be brought`);
    },
  };
}

/**
 * A form that was sent in gives way to what came of it, or comes back with what was typed and why nothing did. Where it
 * cannot be had any more, what was typed is given back; while nobody knows, words leave it where it is.
 */
export async function answerForm(
  action: Action,
  form: SentIn,
  answer: Answer,
  context: TeamsContext,
): Promise<Outcome> {
  const { via, click, place } = action;
  const { text } = answer;
  await noteSeen(click, context);
  if (!answer.done) {
    const shown = await refusedForm(action, form, answer, context);
    if (via === 'invoke') return { shown, untold: text };
    await context.sendLine(place, text);
    return nothing;
  }
  const shown = teamsLine(text, form.about, place.zone);
  giveWay(place, form, shown, text, context);
  return via === 'submit' ? nothing : { shown, untold: null };
}

/** The form with what was typed, or why it cannot be had; words when that cannot be told. */
async function refusedForm(
  action: Action,
  form: SentIn,
  { text, field }: Extract<Answer, { done: false }>,
  context: TeamsContext,
): Promise<Shown> {
  const { via, click, act, place } = action;
  if (act.type !== 'submit') return plain(text);
  const { handoffId } = click;
  const { about } = form;
  const { values } = act;
  const { zone } = place;
  try {
    const prepared = await context.steps.prepareForm(click, act.form, values);
    if ('refused' in prepared) {
      const { refused } = prepared;
      const shown = teamsRefusal(refused, about, typedIn(act.form, values), zone);
      giveWay(place, form, shown, refused, context);
      return shown;
    }
    await stay(action, form, context);
    const { whose, revision } = prepared;
    const mark = { handoffId, revision, whose, about };
    const shown = teamsForm(prepared.form, mark, { error: { field, text }, zone });
    // What was asked anew has to be there also for a client that takes no card back.
    if (via === 'submit') giveWay(place, form, shown, line`${prepared.form.title}`, context);
    return shown;
  } catch (error) {
    context.logFailure(error, 'a form in Teams could not be shown again', handoffId);
    await stay(action, form, context);
    return plain(text);
  }
}

/** What somebody typed: a note, or what is for HubSpot's properties. Everything else was chosen. */
function typedIn(form: FormName, values: Answers): string {
  if (form !== 'update' && form !== 'fillIn') return values['note'] ?? '';
  return lines(Object.entries(values).flatMap(([name, value]) => (value ? [`${name}: ${value}`] : [])));
}

export async function answerCancel(
  { place, who, form }: Extract<Incoming, { kind: 'cancel' }>,
  context: TeamsContext,
): Promise<Outcome> {
  const shown = teamsLine(givenUp, form.about, place.zone);
  const message = await takeForm(who, form, context);
  giveWay(place, { ...form, message }, shown, givenUp, context);
  return { shown, untold: null };
}

/** It is still open. */
async function stay(
  { click, place }: Action,
  { name, message }: SentIn,
  context: TeamsContext,
): Promise<void> {
  if (!message) return;
  try {
    await keepForm(click, name, { ...place, ...message }, context);
  } catch (error) {
    context.logFailure(error, 'where a form in Teams is could not be noted', click.handoffId);
  }
}

/** Not awaited, so that the answer reaches Teams before the change does. */
function giveWay(
  place: Place,
  { message, about }: SentIn,
  card: AdaptiveCard,
  text: Line,
  { track, replace }: TeamsContext,
): void {
  if (message)
    track(replace({ ...place, ...message }, { card, summary: teamsSummary(about, text, place.zone) }));
}
