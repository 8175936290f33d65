import { call, email, message } from '../../../sandbox/hubspot/engagements.ts';
import { type FormName, formNames } from '../../../src/domain/card/form.ts';
import { touchSorts } from '../../../src/domain/handoff/touch-sort.ts';
import { chatsOf, peopleOf } from '../../../src/domain/policy/people-of.ts';
import type { Policy } from '../../../src/domain/policy/policy.ts';
import { snoozeChoices } from '../../../src/domain/time/snooze.ts';
import type { ChatClient, Command, SeenCard } from '../chats/client.ts';
import { createLead, ownerIdOf, requestDemo, type Surroundings } from '../world.ts';
import type { Random } from './random.ts';

/** What people and leads do, each time as chance has it. */
export type Deeds = {
  /** A lead comes and does what makes it qualify, or one that was there before does it again. */
  comeAsLead(random: Random): void;
  /** Somebody presses a button on one of their cards and fills in what it asks, until the bot has answered. */
  useCard(random: Random): Promise<void>;
  /** Somebody asks for the card of a lead that a bulletin lists. */
  useBulletin(random: Random): Promise<void>;
  /** A rep calls, mails or writes to a lead and logs that in HubSpot alone. */
  touchInHubSpot(random: Random): void;
  /** Somebody gives a contact to another owner, or makes a deal for it, in HubSpot. */
  changeHubSpot(random: Random): void;
  /** Somebody says that they are out of office, or back. */
  sayWhereabouts(random: Random): Promise<void>;
  /** The next message in Slack, or record in HubSpot, comes to be, and the bot does not hear of it. */
  loseAnswer(random: Random): void;
  /** The leads that qualified, and what reps logged from cards by its note: whether the bot said that it is logged. */
  leads: ReadonlySet<string>;
  logged: ReadonlyMap<string, boolean>;
};

/** Who gets no answer tries again, as people do. */
const attempts = 4;

export function deedsIn(around: Surroundings, policy: Policy): Deeds {
  const people = peopleOf(policy);
  /** Every third of them hardly ever looks at a card. */
  const readers = people.map((person, index) => [person, index % 3 === 2 ? 0.1 : 1] as const);
  const leads = new Set<string>();
  const logged = new Map<string, boolean>();
  const busy = new Set<string>();
  let notes = 0;

  const chatOf = (person: string, random: Random): ChatClient => {
    const { inOrder, oneIsEnough } = chatsOf(policy, person);
    return around.in(random.pick(oneIsEnough ? inOrder.slice(0, 1) : inOrder));
  };

  /** One thing at a time, as somebody has two hands and one form in front of them. */
  const alone = async (person: string, does: () => Promise<boolean>) => {
    if (busy.has(person)) return;
    busy.add(person);
    try {
      for (let attempt = 0; attempt < attempts; attempt += 1) {
        // What cannot be pressed any more, or was answered with an error, is not there or did not work: look again.
        if (await does().catch(() => false)) return;
      }
    } finally {
      busy.delete(person);
    }
  };

  const fill = async (chat: ChatClient, person: string, form: FormName, card: SeenCard, random: Random) => {
    if (chat.platform === 'slack') await around.in('slack').server.closeView(person);
    if (form !== 'logTouch') {
      await chat.fill(person, form, answersTo(form, policy, random), { card });
      return true;
    }
    notes += 1;
    const note = `touch no. ${notes}`;
    logged.set(note, false);
    const meets = { meetsOn: '2027-01-04', meetsAt: '10:00' };
    const did = random.pick(touchSorts);
    const values = { did, note, ...(did === 'booked' && meets) };
    const { ok } = await chat.fill(person, form, values, { card });
    logged.set(note, ok);
    return true;
  };

  const useCard = async (random: Random) => {
    const person = random.weighted(readers);
    const chat = chatOf(person, random);
    await alone(person, async () => {
      const cards = chat.cards(person).filter(({ buttons }) => buttons.some((button) => button !== 'open'));
      if (cards.length === 0) return true;
      const card = random.weighted(cards.map((seen, index) => [seen, index + 1] as const));
      const button = random.weighted(
        card.buttons.map((name) => [name, name === 'open' ? 0 : eagerness[name]] as const),
      );
      if (button === 'open') return true;
      if (isCommand(button)) return (await chat.press(person, button, { card })).answered;
      return fill(chat, person, button, card, random);
    });
  };

  const contactOf = (random: Random) => {
    const known = [...leads];
    return known.length > 0 ? random.pick(known) : null;
  };

  return {
    leads,
    logged,
    useCard,

    comeAsLead: (random) => {
      const again = random.next() < 0.15 ? contactOf(random) : null;
      if (again) return requestDemo(around, again);
      const owner = random.next() < 0.3 ? { hubspot_owner_id: ownerIdOf(around, random.pick(people)) } : {};
      const id = createLead(around, { ...owner, ...random.pick(kindsOfLeads) });
      leads.add(id);
      const score = random.weighted([['', 3] as const, ['60', 3] as const, ['85', 2] as const]);
      if (score === '') requestDemo(around, id);
      else around.hubspot.setProperties('contacts', id, { lead_score: score });
    },

    useBulletin: async (random) => {
      const person = random.pick(people);
      const chat = chatOf(person, random);
      await alone(person, async () => {
        const items = chat.bulletins(person).at(-1)?.items ?? [];
        return items.length === 0 || (await chat.show(person, random.pick(items))).answered;
      });
    },

    touchInHubSpot: (random) => {
      const contactId = contactOf(random);
      const ownerId =
        contactId && around.hubspot.object('contacts', contactId)?.properties['hubspot_owner_id'];
      if (!contactId || !ownerId) return;
      const made = random.pick([
        call({ ownerId, result: 'connected' }),
        email({ ownerId }),
        message({ ownerId }),
      ]);
      around.hubspot.log(made, { contactId });
    },

    changeHubSpot: (random) => {
      const contactId = contactOf(random);
      if (!contactId) return;
      const isWithSales = around.hubspot.object('contacts', contactId)?.properties['handoff_id'];
      if (isWithSales && random.next() < 0.3) {
        // Before, it would be a reason not to hand the lead over.
        around.hubspot.createDeal({ dealname: 'A deal', dealstage: 'contractsent' }, { contactId });
      } else {
        const owner = ownerIdOf(around, random.pick(people));
        around.hubspot.setProperties('contacts', contactId, { hubspot_owner_id: owner });
      }
    },

    loseAnswer: (random) => {
      const slack = around.in('slack');
      const lost = random.pick([
        () => slack.fail('post', 'dropAfterEffect'),
        () => slack.fail('post', 'hangAfterEffect'),
        () => around.hubspot.failNext({ ...creation, connection: 'drop-after-effect' }),
      ]);
      lost();
    },

    sayWhereabouts: async (random) => {
      const person = random.pick(people);
      const words = random.weighted([
        ['ooo tomorrow', 2] as const,
        ['ooo 2 days', 1] as const,
        ['back', 5] as const,
      ]);
      const chat = chatOf(person, random);
      await alone(person, async () => {
        await chat.ask(person, words);
        if (words !== 'back') await chat.choose(person, 'Go Away');
        return true;
      });
    },
  };
}

const creation = { method: 'POST', path: /\/(calls|emails|meetings|communications|notes|tasks)$/ };

/** How often somebody presses which button, where a card has several. */
const eagerness: Readonly<Record<Command | FormName, number>> = {
  accept: 6,
  logTouch: 4,
  snooze: 2,
  handBack: 1,
  disqualify: 1,
  takeIt: 2,
  giveGrace: 2,
  allow: 2,
  giveTo: 2,
  ping: 2,
  overturn: 1,
  undo: 1,
  reassign: 2,
  fillIn: 2,
  update: 1,
};

const kindsOfLeads: readonly Readonly<Record<string, string>>[] = [
  {},
  {},
  { country: 'Germany' },
  { country: 'India' },
  { product_interest: 'academy' },
];

function isCommand(button: Command | FormName): button is Command {
  return !formNames.some((name) => name === button);
}

function answersTo(
  form: Exclude<FormName, 'logTouch'>,
  policy: Policy,
  random: Random,
): Record<string, string> {
  const note = 'no words';
  switch (form) {
    case 'disqualify':
      return { reason: random.pick(policy.disqualifyReasons).name, note };
    case 'handBack':
      return { reason: random.pick(policy.handBackReasons).name, note };
    case 'snooze':
      return { choice: random.pick(snoozeChoices) };
    case 'reassign':
      return { to: random.pick(peopleOf(policy)) };
    case 'giveGrace':
      return { grace: String(random.pick([...policy.grace, 'asAsked'])) };
    case 'fillIn':
    case 'update':
      return { budget: '50000', timeline: 'later' };
    default:
      return form satisfies never;
  }
}
