import type { AnswerCommand, AnswerPress, Respond } from '../ports/chat.ts';

/** Answers a button outside of a card. What a command has changed shows in the answer that it stands on, asked for anew. */
export function answerPress({
  respond,
  answerCommand,
}: {
  respond: Respond;
  answerCommand: AnswerCommand;
}): AnswerPress {
  return async (press) => {
    const { platform, userId } = press;
    if ('say' in press) return answerCommand({ platform, userId, text: press.say });
    const { command, handoffId, commandId, again } = press;
    const { text: notice } = await respond({ platform, userId, commandId, handoffId }, { type: command });
    if (again === null) return { title: '', notice, sections: [] };
    return { ...(await answerCommand({ platform, userId, text: again })), notice };
  };
}
