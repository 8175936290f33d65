const mostRemembered = 500;

/**
 * Which messages the latest answers are. A press tells it as well, but a client may leave it out or name another message
 * (msteams-docs #6139, botbuilder-js #3159).
 */
export type SentAnswers = {
  note(answer: string, messageId: string): void;
  /** Null when it is none of the latest of this process. */
  messageOf(answer: string): string | null;
};

export function createSentAnswers(): SentAnswers {
  const messages = new Map<string, string>();
  return {
    note(answer, messageId) {
      const [oldest] = messages.keys();
      if (oldest !== undefined && messages.size >= mostRemembered) messages.delete(oldest);
      messages.set(answer, messageId);
    },
    messageOf: (answer) => messages.get(answer) ?? null,
  };
}
