import { answerCommand } from '../flow/answer/answer-command.ts';
import { farewell, welcome } from '../flow/answer/install.ts';
import { prepareForm } from '../flow/answer/prepare-form.ts';
import { answerPress } from '../flow/answer/press.ts';
import { respond } from '../flow/answer/respond.ts';
import { search } from '../flow/answer/search.ts';
import { identify } from '../flow/people/identify.ts';
import { openHome } from '../flow/show/home.ts';
import { noteSeen } from '../flow/show/note-seen.ts';
import { refreshCard } from '../flow/show/refresh-card.ts';
import { exceptOnSamples } from '../flow/show/sample.ts';
import type { ChatDoor, OpenChat } from './chats.ts';
import type { StepNeeds } from './step-needs.ts';

export type Doors = {
  all: readonly ChatDoor[];
  /** Resolves when nothing is being worked on any more. */
  settled(): Promise<void>;
};

type DoorNeeds = StepNeeds & Pick<Parameters<typeof answerCommand>[0], 'heed'>;

/** Where what people do in the chats comes in; nobody is heard before the doors are started. */
export function openDoors(
  chats: readonly OpenChat[],
  doorNeeds: DoorNeeds,
  unwinding: AsyncDisposableStack,
): Doors {
  const needs = { ...doorNeeds, identify: identify(doorNeeds) };
  const onCards = {
    respond: respond(needs),
    prepareForm: prepareForm(needs),
    refreshCard: refreshCard(needs),
  };
  const { respond: clicked, ...others } = exceptOnSamples(onCards, needs);
  const asked = answerCommand(needs);
  const steps = {
    respond: clicked,
    ...others,
    search: search(needs),
    noteSeen: noteSeen(needs),
    noteSaid: needs.cards.noteSaid,
    keepForm: needs.cards.keepForm,
    takeForm: needs.cards.takeForm,
    answerCommand: asked,
    answerPress: answerPress({ respond: clicked, answerCommand: asked }),
    openHome: openHome(needs),
    welcome: welcome(needs),
    farewell: farewell(needs),
    observe: needs.observe,
  };
  const all = chats.map(({ open }) => open(steps));
  const settled = async () => {
    await Promise.all(all.map((door) => door.settled()));
  };
  unwinding.defer(settled);
  for (const door of all) unwinding.defer(() => door.stop());
  return { all, settled };
}
