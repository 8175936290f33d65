import type { Channel } from '../company/channels.ts';
import type { Colleague } from '../company.ts';
import type { TeamsMessage } from '../teams/server.ts';
import type { Journal } from './journal.ts';
import { handoffIn, isForm, topOf } from './teams-words.ts';
import type { World } from './world.ts';

/** Tells the journal what people see change in Teams, and which of the bot's calls Teams refused. */
export function followTeams(world: World, journal: Journal): void {
  const { teams, company } = world;
  /** What was told of each message, by its id. */
  const told = new Map<string, string>();
  const toldRequests = new WeakSet<object>();
  let isScheduled = false;

  teams.onChange(() => {
    if (isScheduled) return;
    isScheduled = true;
    // A call that changes something is listed by Teams only after the change.
    setImmediate(() => {
      isScheduled = false;
      for (const colleague of company.colleagues) look(colleague);
      for (const channel of company.channels) lookInto(channel);
      lookAtCalls();
    });
  });

  function look(colleague: Colleague): void {
    if (colleague.accounts.teams === null) return;
    for (const message of teams.messages(colleague.accounts.teams)) lookAt(colleague.name, message);
  }

  function lookInto({ platform, id, name }: Channel): void {
    if (platform !== 'teams') return;
    for (const message of teams.threads(id).flat()) lookAt(name, message);
  }

  /** @param reader who has the message in front of them */
  function lookAt(reader: string, message: TeamsMessage): void {
    const { id, from, text, summary, card } = message;
    const { headline, status } = card === null ? { headline: text, status: text } : topOf(card);
    const known = told.get(id);
    if (known === status) return;
    told.set(id, status);
    if (from === 'person') {
      journal.add('Teams', `${reader} typed ${text}`);
      return;
    }
    const handoffId = card && handoffIn(card);
    if (handoffId === null) journal.add('Teams', `${reader} is told: ${summary ?? headline}`);
    else if (card && isForm(card))
      journal.add('Teams', `${reader} opened a form: ${headline}`, { about: { handoffId } });
    else if (known === undefined) {
      journal.add('Teams', `${reader} got a card in Teams: ${headline}`, {
        about: { handoffId },
        tone: 'good',
      });
    } else {
      journal.add('Teams', `${reader}’s card now says: ${status}`, { about: { handoffId } });
    }
  }

  function lookAtCalls(): void {
    for (const request of teams.requests.toReversed()) {
      if (toldRequests.has(request)) break;
      toldRequests.add(request);
      if (request.error === null) continue;
      const { error, operation, method, path } = request;
      const call = operation === 'unknown' ? `${method} ${path}` : operation;
      journal.add('Teams', `The API answered ${error} to ${call}`, { tone: 'bad' });
    }
  }
}
