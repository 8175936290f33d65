import type { SlackServer } from '../../../sandbox/slack/server.ts';
import { type ChatClient, flowing, newest, type SeenCard } from './client.ts';
import { linkIn, nothingCalled } from './link-in.ts';
import {
  buttonNamed,
  buttonsIn,
  itemsIn,
  menuOption,
  optionNamed,
  optionsIn,
  words,
} from './slack-blocks.ts';
import { pressForeign } from './slack-click.ts';

type Target = Parameters<SlackServer['click']>[1];

export type SlackClient = ChatClient & { readonly platform: 'slack'; readonly server: SlackServer };

type Message = ReturnType<SlackServer['messages']>[number];

/** What the bot marks its messages with, to find them again; people do not see it. */
const marks = {
  card: 'lead_handoff',
  line: 'lead_handoff_line',
  bulletin: 'lead_handoff_bulletin',
} as const;

/** People in Slack, at a sandbox server. */
export function slackClient(server: SlackServer): SlackClient {
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
  const cardsAmong = (messages: readonly Message[]) => messages.filter(isMarked(marks.card)).map(seen);
  const cards = (person: string) => cardsAmong(server.messages(person));
  const bulletins = (person: string) => server.messages(person).filter(isMarked(marks.bulletin));
  /** The lines about the newest card: in its thread, and beside it as messages of their own. */
  const lines = (person: string): Message[] => {
    const messages = server.messages(person);
    const card = messages.findLast(isMarked(marks.card));
    const loud = messages.filter(isMarked(marks.line)).filter((line) => handoffOf(line) === handoffOf(card));
    return [...(card?.replies ?? []), ...loud].sort((one, other) => Number(one.ts) - Number(other.ts));
  };
  /** What comes below a bulletin has a title, other than a refusal. */
  const isAnswer = ({ ts, blocks }: { ts: string; blocks: readonly { type: string }[] }) =>
    answers.has(ts) || blocks.some(({ type }) => type === 'header');
  const answersOf = (person: string) => server.ephemerals(person).filter(isAnswer);
  const press = async (person: string, target: Target) => {
    const outcome = await server.click(person, target);
    if (outcome.result === 'refused')
      throw new Error(`${person} cannot press ${target.actionId}: ${outcome.reason}`);
    return outcome;
  };
  const click = (person: string, actionId: string, card: SeenCard | undefined) => {
    const on = card ?? newest(cards(person), person);
    const value = menuOption(on.face, actionId);
    const target = { ts: on.id, ...(value ? { actionId: 'handoff.menu', value } : { actionId }) };
    return press(person, card ? { ...target, stale: card.face as Message['blocks'] } : target);
  };

  return {
    platform: 'slack',
    server,
    addPerson: ({ email, name }) => {
      const { id } = server.addUser({ email, name, tz: 'America/New_York' });
      names.set(id, name);
    },
    speaks: (person, locale) => {
      server.changeUser(person, { locale });
    },
    arrive: async () => {},
    cards,
    card: (person) => newest(cards(person), person),
    bulletins: (person) =>
      bulletins(person)
        .filter(({ blocks }) => blocks.some(({ type }) => type === 'header'))
        .map((message) => ({
          id: message.ts,
          text: wordsOf(message),
          items: itemsIn(message.blocks).map(({ title }) => title),
        })),
    conversation: (person) => server.conversation(person).map(wordsOf),
    addChannel: (id) => server.setChannel({ id, name: 'lead-handoffs' }),
    channel: (id) => cardsAmong(server.channelMessages(id)),
    posts: (id) => server.channelMessages(id).map(wordsOf),
    // What follows in a message of its own says only which card the line is about.
    told: (person) => lines(person).map(({ blocks: [said] }) => wordsOf({ blocks: said })),
    notified: (person) =>
      [
        ...lines(person).filter(({ threadTs, reply_broadcast }) => threadTs === null || reply_broadcast),
        ...bulletins(person).filter(({ blocks }) => blocks.every(({ type }) => type !== 'header')),
      ]
        .sort((one, other) => Number(one.ts) - Number(other.ts))
        .map(wordsOf),
    press: async (person, button, on) => {
      const { acknowledged } = await click(person, `handoff.${button}`, on?.card);
      return { answered: acknowledged };
    },
    chooseOnCard: async (person, label, on) => {
      const { id: ts, face } = on?.card ?? newest(cards(person), person);
      const blocks = face as Message['blocks'];
      const option = optionNamed(blocks, label);
      const button = option ? { actionId: 'handoff.menu', value: option } : buttonNamed(blocks, label);
      if (!button) throw new Error(`${person} has no "${label}" on the card`);
      const { acknowledged } = await press(person, { ts, ...button, ...(on && { stale: blocks }) });
      return { answered: acknowledged };
    },
    show: async (person, item) => {
      const bulletin = bulletins(person).at(-1);
      const found = itemsIn(bulletin?.blocks ?? []).find(({ title }) => title === item);
      if (!bulletin || !found) throw new Error(`${person} is not shown "${item}"`);
      const target = { ts: bulletin.ts, actionId: 'handoff.show', value: found.value };
      const { acknowledged } = await press(person, target);
      return { answered: acknowledged };
    },
    pressForeign: (person, button, card) => {
      const { id } = server.changeUser(person, {});
      return pressForeign(server, id, button, card);
    },
    fill: async (person, form, values, on) => {
      /** What is filled in of the questions that the form has by now. */
      const entriesOf = () => {
        const blocks = server.openView(person)?.blocks ?? [];
        const entries = blocks.flatMap(({ block_id }): [string, { value: string }][] => {
          const value = values[block_id];
          return value === undefined ? [] : [[block_id, { value }]];
        });
        return Object.fromEntries(entries);
      };
      const nextToTell = (answered: ReadonlySet<string>) =>
        server
          .openView(person)
          ?.blocks.filter((block) => block['dispatch_action'] && block.block_id in values)
          .map(({ block_id }) => block_id)
          .find((id) => !answered.has(id));
      const open = server.openView(person);
      if (open?.callback_id !== `handoff.form.${form}`) {
        if (open) await server.closeView(person);
        await click(person, `handoff.form.${form}`, on?.card);
      }
      if (!server.openView(person)) return { ok: false, errors: {} };
      const answered = new Set<string>();
      for (let next = nextToTell(answered); next; next = nextToTell(answered)) {
        answered.add(next);
        const { [next]: value, ...others } = entriesOf();
        const place = { view: 'modal', blockId: next, actionId: 'value' } as const;
        await press(person, { ...place, value: value?.value ?? null, entries: others });
      }
      const { result, errors } = server.openView(person)?.submit
        ? await server.submitView(person, entriesOf())
        : { result: 'refused', errors: {} };
      const left = server.openView(person);
      if (left && !left.submit) {
        notes.set(person, [...(notes.get(person) ?? []), flowing(words(left.blocks, names))]);
        await server.closeView(person);
      }
      return { ok: result === 'acknowledged' && !left, errors };
    },
    asks: async (person, form) => {
      if (!server.openView(person)) await click(person, `handoff.form.${form}`, undefined);
      const inputs = server.openView(person)?.blocks.filter(({ type }) => type === 'input') ?? [];
      return Object.fromEntries(inputs.map((block) => [block.block_id, block['optional'] !== true]));
    },
    search: async (person, _form, blockId, text) => {
      const { result, reason, options } = await server.suggest(person, { blockId, text });
      if (result !== 'acknowledged') throw new Error(`${person} finds nothing by "${text}": ${reason}`);
      return options.map((option) => flowing(words(option['text'], names)));
    },
    hasOpen: (person, form) => server.openView(person)?.callback_id === `handoff.form.${form}`,
    choices: async (person, form) => {
      await click(person, `handoff.form.${form}`, undefined);
      const options = optionsIn(server.openView(person)?.blocks);
      await server.closeView(person);
      return options;
    },
    refusals: (person) => [
      ...server
        .ephemerals(person)
        .filter((message) => !isAnswer(message))
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
    write: async (person, words) => {
      const { acknowledged, result } = await server.say(person, words);
      if (!acknowledged) throw new Error(`the bot did not hear "${words}": ${result}`);
    },
    answers: (person) => answersOf(person).map(wordsOf),
    choose: async (person, label) => {
      const shown = [...answersOf(person), ...bulletins(person)].sort((a, b) => Number(a.ts) - Number(b.ts));
      const message = shown.findLast(({ blocks }) => buttonNamed(blocks, label));
      const button = message && buttonNamed(message.blocks, label);
      if (!button) throw new Error(`${person} is offered no "${label}"`);
      const { acknowledged } = await press(person, { ts: message.ts, ...button });
      return { answered: acknowledged };
    },
    link: (person, label) => {
      const links = answersOf(person).flatMap(({ blocks }) => linkIn(blocks, label) ?? []);
      return links.at(-1) ?? nothingCalled(label, person);
    },
    openHome: async (person) => {
      const { acknowledged, result } = await server.openHome(person, 'home');
      if (!acknowledged) throw new Error(`the bot did not hear that ${person} opens their home: ${result}`);
    },
    home: (person) => wordsOf({ blocks: server.home(person)?.blocks ?? [] }),
    chooseAtHome: async (person, label) => {
      const button = buttonNamed(server.home(person)?.blocks ?? [], label);
      if (!button) throw new Error(`${person} has no "${label}" at home`);
      const { acknowledged } = await press(person, { view: 'home', ...button });
      return { answered: acknowledged };
    },
    look: async (person) => {
      const { acknowledged, result } = await server.openHome(person, 'messages');
      if (!acknowledged) throw new Error(`the bot did not hear that ${person} looks: ${result}`);
    },
    fail: (next, how) => {
      const method = next === 'post' ? 'chat.postMessage' : 'chat.update';
      server.failNext({ method, ...(how === 'down' ? { status: 503 } : { [how]: true }) });
    },
    isHanging: () => server.requests.some(({ error }) => error === 'hang'),
  };
}

function isMarked(mark: string): (message: Message) => boolean {
  return ({ metadata }) => metadata?.event_type === mark;
}

function handoffOf(message: Message | undefined): unknown {
  return message?.metadata?.event_payload['handoff'];
}
