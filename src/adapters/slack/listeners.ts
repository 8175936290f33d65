import type { App, RespondArguments, RespondFn, ViewResponseAction, ViewSubmitAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { line, plain } from '../../domain/card/text.ts';
import type { HandoffId } from '../../domain/handoff/handoff.ts';
import type { Answer, AnswerCommand, NoteSeen, PrepareForm, Respond } from '../../flow/ports/chat.ts';
import { inTime } from '../in-time.ts';
import { type Log, traceOf } from '../log.ts';
import { type Content, slackLine, slackReply } from './card.ts';
import { slackModal, slackNote } from './modals.ts';
import { type Pressed, parseAsk, parseClick, parseSubmission, type Submitted } from './parse-action.ts';
import { slackCode } from './translate-error.ts';

export type SlackSteps = {
  respond: Respond;
  prepareForm: PrepareForm;
  noteSeen: NoteSeen;
  answerCommand: AnswerCommand;
  log: Log;
  /** Slack waits three seconds; what takes longer than this is acknowledged first and told afterwards. */
  ackWithinMs?: number;
};

const sorry = line`Something went wrong on our side; nothing was changed. Try again.`;
const tooLate = line`That took too long for Slack to open the form. Try again.`;
const unknownAction = line`This does nothing any more. The latest card has what can be done.`;
const stillWorking = line`This takes longer than usual. The answer will follow here.`;

/** Slack lets a form open once, and within three seconds of the click. */
const spentTrigger = new Set<string | null>([
  'expired_trigger_id',
  'exchanged_trigger_id',
  'invalid_trigger_id',
]);

/**
 * Joins Bolt to the steps. Every click, form and command gets an answer, also when a step fails or is slow; the work is
 * done before Slack hears of success, so that a crash in between shows as a failure.
 * @returns `settled`, which resolves when nothing is being worked on any more: Bolt does not wait for it on stopping
 */
export function slackListeners(bolt: App, steps: SlackSteps): { settled(): Promise<void> } {
  const { log, ackWithinMs = 2500 } = steps;
  const running = new Set<Promise<void>>();

  const track = (work: Promise<void>): Promise<void> => {
    const tracked = work.finally(() => running.delete(tracked));
    running.add(tracked);
    return tracked;
  };

  /** The answer of a step, or an apology when it throws. */
  const attempt = async (handoffId: HandoffId, step: () => Promise<Answer>): Promise<Answer> => {
    try {
      return await step();
    } catch (error) {
      log.error({ platform: 'slack', handoffId, ...traceOf(error) }, 'an action in Slack failed');
      return refusal(sorry);
    }
  };

  /** Nothing that a person waits for depends on it. */
  const noteSeen = async (userId: string, handoffId: HandoffId | null): Promise<void> => {
    try {
      await steps.noteSeen({ platform: 'slack', userId, handoffId });
    } catch (error) {
      log.warn({ platform: 'slack', handoffId, ...traceOf(error) }, 'what somebody saw was not noted');
    }
  };

  const openForm = async (
    { click, form, triggerId }: Extract<Pressed, { kind: 'openForm' }>,
    open: (triggerId: string, view: ModalView) => Promise<unknown>,
  ): Promise<Answer> => {
    const prepared = await steps.prepareForm(click, form);
    if ('refused' in prepared) return refusal(prepared.refused);
    try {
      await open(triggerId, slackModal(prepared.form, click.handoffId));
    } catch (error) {
      if (!spentTrigger.has(slackCode(error))) throw error;
      return refusal(tooLate);
    }
    return { done: true, text: [] };
  };

  const answerUnsupported = (reason: string): Answer => {
    log.warn({ platform: 'slack', reason }, 'an action in Slack that nobody handles');
    return refusal(unknownAction);
  };

  /** Says something below the card that only the one who clicked sees. */
  const whisper = async (respond: RespondFn, content: Content): Promise<void> => {
    try {
      await respond(privately(content));
    } catch (error) {
      log.warn({ platform: 'slack', ...traceOf(error) }, 'an answer to a response_url was lost');
    }
  };

  const answerClick = async (
    pressed: Pressed,
    slack: {
      ack: () => Promise<void>;
      respond: RespondFn;
      open: (triggerId: string, view: ModalView) => Promise<unknown>;
    },
  ): Promise<void> => {
    const answer = carryOut(pressed, slack.open);
    await inTime(answer, ackWithinMs);
    await slack.ack();
    const { done, text } = await answer;
    // What was done shows on the card.
    if (!done) await whisper(slack.respond, slackLine(text, new Map()));
  };

  const carryOut = async (
    pressed: Pressed,
    open: (triggerId: string, view: ModalView) => Promise<unknown>,
  ): Promise<Answer> => {
    switch (pressed.kind) {
      case 'command':
        return attempt(pressed.click.handoffId, () => steps.respond(pressed.click, pressed.act));
      case 'openForm':
        return attempt(pressed.click.handoffId, () => openForm(pressed, open));
      case 'link':
        await noteSeen(pressed.userId, pressed.handoffId);
        return { done: true, text: [] };
      case 'unsupported':
        return answerUnsupported(pressed.reason);
      default:
        return pressed satisfies never;
    }
  };

  const answerSubmission = async (
    submitted: Submitted,
    slack: {
      ack: (response?: ViewResponseAction) => Promise<void>;
      update: (viewId: string, view: ModalView) => Promise<unknown>;
    },
  ): Promise<void> => {
    const tell = (view: ModalView) => slack.ack({ response_action: 'update', view });
    if (submitted.kind === 'unsupported') return tell(slackNote(answerUnsupported(submitted.reason).text));

    const { click, act, viewId, fields } = submitted;
    const answer = attempt(click.handoffId, () => steps.respond(click, act));
    const early = await inTime(answer, ackWithinMs);
    if (!early) {
      await tell(slackNote(stillWorking));
      await slack.update(viewId, slackNote((await answer).text));
    } else if (early.done) {
      await slack.ack();
    } else if (early.field !== null && fields.includes(early.field)) {
      await slack.ack({ response_action: 'errors', errors: { [early.field]: plain(early.text) } });
    } else {
      await tell(slackNote(early.text));
    }
  };

  const answerAsk = async (payload: unknown): Promise<Content> => {
    try {
      const asked = parseAsk(payload);
      if (asked.kind === 'unsupported') return slackLine(answerUnsupported(asked.reason).text, new Map());
      return slackReply(
        await steps.answerCommand({ platform: 'slack', userId: asked.userId, text: asked.text }),
      );
    } catch (error) {
      log.error({ platform: 'slack', ...traceOf(error) }, 'a command in Slack failed');
      return slackLine(sorry, new Map());
    }
  };

  // Listeners that take everything: what no listener takes, Bolt answers with 404, and the person sees a warning sign.
  bolt.action({ type: 'block_actions' }, ({ body, ack, respond, client }) =>
    track(
      answerClick(parseClick(body), {
        ack,
        respond,
        open: (trigger_id, view) => client.views.open({ trigger_id, view }),
      }),
    ),
  );

  bolt.view<ViewSubmitAction>({ type: 'view_submission' }, ({ body, ack, client }) =>
    track(
      answerSubmission(parseSubmission(body), {
        ack,
        update: (view_id, view) => client.views.update({ view_id, view }),
      }),
    ),
  );

  // The workspace may have given the command another name.
  bolt.command(/.*/, ({ body, ack, respond }) =>
    track(
      (async () => {
        const content = answerAsk(body);
        const early = await inTime(content, ackWithinMs);
        await ack(privately(early ?? slackLine(stillWorking, new Map())));
        if (!early) await whisper(respond, await content);
      })(),
    ),
  );

  bolt.event('app_home_opened', async ({ event }) => {
    // The conversation with the bot; the Home tab shows no cards.
    if (event.tab === 'messages') await track(noteSeen(event.user, null));
  });

  bolt.event('app_uninstalled', async () =>
    log.error({ platform: 'slack' }, 'the app was uninstalled from Slack: no card can be sent'),
  );
  bolt.event('tokens_revoked', async () =>
    log.error({ platform: 'slack' }, 'tokens of the app were revoked in Slack: cards may not be sent'),
  );

  return {
    async settled() {
      while (running.size > 0) await Promise.allSettled(running);
    },
  };
}

function refusal(text: Answer['text']): Answer {
  return { done: false, text, field: null };
}

function privately(content: Content): RespondArguments {
  return { ...content, response_type: 'ephemeral', replace_original: false };
}
