import type { SlackServer } from '../../../src/sandbox/slack/server.ts';
import { type ChatClient, flowing, newest, type SeenCard } from './client.ts';
import { buttonsIn, words } from './slack-blocks.ts';
import { pressForeign } from './slack-click.ts';

export type SlackClient = ChatClient & { readonly platform: 'slack'; readonly server: SlackServer };

type Message = ReturnType<SlackServer['messages']>[number];

/** People in Slack, at a sandbox server. @param requestsUrl where the bot hears of what they do */
export function slackClient(server: SlackServer, requestsUrl: string): SlackClient {
  const names = new Map<string, string>();
  /** Refusals that took the place of a form. */
  const notes = new Map<string, string[]>();
  const answers = new Set<string>();

  const wordsOf = (message: { blocks: unknown }) => flowing(words(message.blocks, names));
  const seen = (message: Message): SeenCard => ({
    id: message.ts,
    text: wordsOf(message),
    buttons: buttonsIn(message.blocks),
    face: structuredClone(message.blocks),
  });
  const cards = (person: string) => server.messages(person).map(seen);
  const replies = (person: string) => server.messages(person).at(-1)?.replies ?? [];
  const click = async (person: string, actionId: string, card: SeenCard | undefined) => {
    const target = { ts: card?.id ?? newest(cards(person), person).id, actionId };
    const stale = card ? { stale: card.face as Message['blocks'] } : {};
    const outcome = await server.click(person, { ...target, ...stale });
    if (outcome.result === 'refused')
      throw new Error(`${person} cannot press ${actionId}: ${outcome.reason}`);
    return outcome;
  };

  return {
    platform: 'slack',
    server,
    addPerson: ({ email, name }) => {
      const { id } = server.addUser({ email, name, tz: 'America/New_York' });
      names.set(id, name);
    },
    arrive: async () => {},
    cards,
    card: (person) => newest(cards(person), person),
    told: (person) => replies(person).map(wordsOf),
    notified: (person) =>
      replies(person)
        .filter((reply) => reply.reply_broadcast)
        .map(wordsOf),
    press: async (person, button, on) => {
      const { acknowledged } = await click(person, `handoff.${button}`, on?.card);
      return { answered: acknowledged };
    },
    pressForeign: (person, button, card) => {
      const { id } = server.changeUser(person, {});
      return pressForeign({ server, requestsUrl }, id, button, card);
    },
    fill: async (person, form, values, on) => {
      if (!server.openView(person)) await click(person, `handoff.form.${form}`, on?.card);
      if (!server.openView(person)) return { ok: false, errors: {} };
      const entries = Object.entries(values).map(([field, value]) => [field, { value }]);
      const { result, errors } = await server.submitView(person, Object.fromEntries(entries));
      const left = server.openView(person);
      if (left && !left.submit) {
        notes.set(person, [...(notes.get(person) ?? []), flowing(words(left.blocks, names))]);
        await server.closeView(person);
      }
      return { ok: result === 'acknowledged' && !left, errors };
    },
    refusals: (person) => [
      ...server
        .ephemerals(person)
        .filter(({ ts }) => !answers.has(ts))
        .map(wordsOf),
      ...(notes.get(person) ?? []),
    ],
    ask: async (person, asked) => {
      const before = server.ephemerals(person).length;
      const { acknowledged, reason } = await server.command(person, '/handoff', asked);
      const [answer] = server.ephemerals(person).slice(before);
      if (!acknowledged || !answer) throw new Error(`no answer to "/handoff ${asked}": ${reason}`);
      answers.add(answer.ts);
      return wordsOf(answer);
    },
    look: async () => {},
    fail: (next, how) => {
      const method = next === 'post' ? 'chat.postMessage' : 'chat.update';
      server.failNext({ method, ...(how === 'down' ? { status: 503 } : { [how]: true }) });
    },
    isHanging: () => server.requests.some(({ error }) => error === 'hang'),
  };
}
