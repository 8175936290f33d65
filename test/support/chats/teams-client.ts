import type { Outcome, TeamsServer } from '../../../sandbox/teams/server.ts';
import { type ChatClient, newest, type SeenCard } from './client.ts';
import { linkIn, nothingCalled } from './link-in.ts';
import {
  buttonNamed,
  buttonsOn,
  choicesOn,
  errorsOn,
  happenedOn,
  isForm,
  isLeadCard,
  isTitled,
  itemsOn,
  noticeOn,
  requiredOn,
  warningOn,
  wordsOn,
  zone,
} from './teams-card.ts';

export type TeamsClient = ChatClient & {
  readonly platform: 'teams';
  readonly server: TeamsServer;
  /** Opens a form, or finds the one that is open. @returns null when it is refused */
  openForm(person: string, form: string, card?: SeenCard): Promise<Message | null>;
};

type Message = ReturnType<TeamsServer['messages']>[number];

/** People in Teams, at a sandbox server. */
export function teamsClient(server: TeamsServer): TeamsClient {
  const refusals = new Map<string, string[]>();
  /** Messages that say hello or answer words: nobody sent them because of a lead. */
  const answers = new Set<string>();
  /** The answers that are somebody's home. */
  const homes = new Map<string, string>();
  const homeOf = (person: string) => server.messages(person).find(({ id }) => id === homes.get(person));

  const fromBot = (person: string) => server.messages(person).filter(({ from }) => from === 'bot');
  // What a message was sent as says what it is, whatever an answer to a click shows in its place.
  const cardsOf = (person: string) => fromBot(person).filter(({ card }) => isLeadCard(card));
  const others = (person: string) => fromBot(person).filter(({ card }) => !isLeadCard(card));
  const unasked = (person: string) => others(person).filter(({ id }) => !answers.has(id));
  const bulletins = (person: string) => unasked(person).filter(({ card }) => isTitled(card));
  const cards = (person: string) => cardsOf(person).map(seen);

  /** What the person did, and the messages that are the answer. */
  const answered = async (person: string, does: () => Promise<Outcome>): Promise<Message[]> => {
    const before = new Set(others(person));
    const { result, reason } = await does();
    if (result !== 'answered') throw new Error(`${person} got no answer: ${result} ${reason}`);
    const came = others(person).filter((message) => !before.has(message));
    for (const { id } of came) answers.add(id);
    return came;
  };

  const press = async (
    person: string,
    verb: string,
    { card, inputs = {} }: { card: SeenCard | undefined; inputs?: Record<string, string> },
  ): Promise<Outcome> => {
    const messageId = card?.id ?? newest(cards(person), person).id;
    const stale = card ? { card: card.face } : {};
    const outcome = await server.press(person, { messageId, verb, inputs, ...stale });
    if (outcome.result === 'refused' && Object.keys(outcome.errors).length === 0) {
      throw new Error(`${person} cannot press ${verb}: ${outcome.reason}`);
    }
    const told = outcome.text ?? noticeOn(outcome.card);
    if (told) refusals.set(person, [...(refusals.get(person) ?? []), told]);
    return outcome;
  };

  /** A form that waits to be filled in: what it was sent as may have given way to what came of it. */
  const formOf = (person: string, form: string) =>
    fromBot(person).findLast(({ shown }) => isForm(shown, form)) ?? null;

  const openForm: TeamsClient['openForm'] = async (person, form, card) => {
    const open = formOf(person, form);
    if (open) return open;
    await answered(person, () => press(person, `handoff.open.${form}`, { card }));
    return formOf(person, form);
  };

  return {
    platform: 'teams',
    server,
    openForm,
    addPerson: ({ email, name }) => {
      server.addUser({ email, name, zone });
    },
    speaks: (person, locale) => {
      server.user(person).locale = locale;
    },
    arrive: async (person) => {
      await answered(person, () => server.install(person));
    },
    cards,
    card: (person) => newest(cards(person), person),
    bulletins: (person) =>
      bulletins(person).map(({ id, shown }) => ({
        id,
        text: wordsOn(shown),
        items: itemsOn(shown).map(({ title }) => title),
      })),
    conversation: (person) => server.messages(person).map(({ text, shown }) => text || wordsOn(shown)),
    addChannel: (id) => server.addChannel({ id, name: 'Handoffs' }),
    channel: (id) => server.threads(id).flatMap(([post]) => (post?.from === 'bot' ? seen(post) : [])),
    posts: (id) => server.threads(id).flatMap(([post]) => (post?.from === 'bot' ? wordsOn(post.shown) : [])),
    told: (person) => happenedOn(cardsOf(person).at(-1)?.shown),
    notified: (person) =>
      unasked(person)
        .filter(({ card }) => !isTitled(card))
        .map(({ shown }) => wordsOn(shown)),
    press: async (person, button, on) => {
      const { result } = await press(person, `handoff.${button}`, { card: on?.card });
      return { answered: result === 'answered' };
    },
    chooseOnCard: async (person, label, on) => {
      const card = on?.card ?? newest(cards(person), person);
      const button = buttonNamed(card.face, label);
      if (!button) throw new Error(`${person} has no "${label}" on the card`);
      const stale = on ? { card: on.card.face } : {};
      let result = '';
      await answered(person, async () => {
        const outcome = await server.press(person, { messageId: card.id, ...button, ...stale });
        const told = noticeOn(outcome.card);
        if (told) refusals.set(person, [...(refusals.get(person) ?? []), told]);
        result = outcome.result;
        return outcome;
      });
      return { answered: result === 'answered' };
    },
    show: async (person, item) => {
      const bulletin = bulletins(person).at(-1);
      const found = itemsOn(bulletin?.shown).find(({ title }) => title === item);
      if (!bulletin || !found) throw new Error(`${person} is not shown "${item}"`);
      const target = { messageId: bulletin.id, verb: 'handoff.show', data: found.data };
      const { result } = await server.press(person, target);
      return { answered: result === 'answered' };
    },
    pressForeign: async (person, button, card) => {
      const { result } = await press(person, `handoff.${button}`, { card });
      return { answered: result === 'answered' };
    },
    fill: async (person, form, values, on) => {
      const message = await openForm(person, form, on?.card);
      if (!message) return { ok: false, errors: {} };
      const verb = `handoff.form.${form}`;
      const fieldsOf = () => Object.keys(requiredOn(message.shown, form));
      const send = (fields: readonly string[]) => {
        const entries = fields.flatMap((field): [string, string][] => {
          const value = values[field];
          return value === undefined ? [] : [[`${form}.${field}`, value]];
        });
        return server.press(person, { messageId: message.id, verb, inputs: Object.fromEntries(entries) });
      };
      let fields = fieldsOf();
      let outcome = await send(fields);
      // Whoever is asked something else answers that too, and sends it again.
      for (let more = fieldsOf(); more.some((field) => !fields.includes(field)); more = fieldsOf()) {
        fields = more;
        outcome = await send(fields);
      }
      const clientSide = Object.entries(outcome.errors).map(([id, error]) => [fieldOf(id), error]);
      const errors = { ...Object.fromEntries(clientSide), ...errorsOn(outcome.card) };
      const told = outcome.text ?? warningOn(outcome.card);
      if (told) refusals.set(person, [...(refusals.get(person) ?? []), told]);
      const refused = Object.keys(errors).length > 0 || told !== null;
      return { ok: outcome.result === 'answered' && !refused, errors };
    },
    asks: async (person, form) => requiredOn((await openForm(person, form))?.shown, form),
    search: async (person, form, field, text) => {
      const messageId = formOf(person, form)?.id ?? '';
      const { result, reason, choices } = await server.search(person, {
        messageId,
        inputId: `${form}.${field}`,
        text,
      });
      if (result !== 'answered') throw new Error(`${person} finds nothing by "${text}": ${reason}`);
      return choices.map(({ title }) => title);
    },
    hasOpen: (person, form) => formOf(person, form) !== null,
    choices: async (person, form) => {
      const message = await openForm(person, form);
      if (!message) return [];
      const choices = choicesOn(message.shown, form);
      await server.press(person, { messageId: message.id, verb: 'handoff.cancel' });
      return choices;
    },
    refusals: (person) => refusals.get(person) ?? [],
    ask: async (person, words) => {
      const [answer, ...more] = await answered(person, () => server.write(person, words));
      if (!answer || more.length > 0) throw new Error(`"${words}" got ${more.length} answers, expected one`);
      return wordsOn(answer.card);
    },
    write: async (person, words) => {
      await answered(person, () => server.write(person, words));
    },
    answers: (person) =>
      others(person)
        .filter(({ id }) => answers.has(id))
        .map(({ shown }) => wordsOn(shown)),
    choose: async (person, label) => {
      const message = others(person).findLast(({ shown }) => buttonNamed(shown, label));
      const button = message && buttonNamed(message.shown, label);
      if (!button) throw new Error(`${person} is offered no "${label}"`);
      await answered(person, () => server.press(person, { messageId: message.id, ...button }));
      return { answered: true };
    },
    link: (person, label) => {
      const links = others(person).flatMap(({ shown }) => linkIn(shown, label) ?? []);
      return links.at(-1) ?? nothingCalled(label, person);
    },
    openHome: async (person) => {
      const [answer] = await answered(person, () => server.write(person, 'home'));
      if (answer) homes.set(person, answer.id);
    },
    home: (person) => wordsOn(homeOf(person)?.shown),
    chooseAtHome: async (person, label) => {
      const home = homeOf(person);
      const button = buttonNamed(home?.shown, label);
      if (!home || !button) throw new Error(`${person} has no "${label}" at home`);
      const { result } = await server.press(person, { messageId: home.id, ...button });
      return { answered: result === 'answered' };
    },
    look: async (person) => {
      for (const { result, reason } of await server.view(person)) {
        if (result !== 'answered') throw new Error(`a card was not renewed: ${result} ${reason}`);
      }
    },
    fail: (next, how) => {
      const operation = next === 'post' ? 'send' : 'update';
      server.failNext({ operation, ...(how === 'down' ? { status: 503 } : { [how]: true }) });
    },
    isHanging: () => server.requests.some(({ error }) => error === 'hang'),
  };
}

function seen({ id, shown }: Message): SeenCard {
  return { id, text: wordsOn(shown), buttons: buttonsOn(shown), face: structuredClone(shown) };
}

/** The field behind an input's id, which begins with its form's name. */
function fieldOf(inputId: string): string {
  return inputId.slice(inputId.indexOf('.') + 1);
}
