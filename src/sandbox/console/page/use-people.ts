import { useCallback, useEffect, useRef, useState } from 'react';
import type { PersonState } from '../protocol.ts';

type Role = PersonState['role'];

export interface ShownPeople {
  /** Whose Slack is shown, by role. */
  shown: Readonly<Record<Role, string>>;
  show: (person: PersonState) => void;
  unreadOf: (person: PersonState) => number;
  drafts: Readonly<Record<string, string>>;
  setDraft: (email: string, draft: string) => void;
}

/**
 * Chooses whose Slack is shown: whoever gets a new message, unless somebody is busy there.
 * @param inSight the roles whose Slack is on the screen; what is not there is not read
 */
export function usePeople(people: readonly PersonState[], inSight: readonly Role[]): ShownPeople {
  const [shown, setShown] = useState<Record<Role, string>>({ rep: '', manager: '' });
  const [readUpTo, setReadUpTo] = useState<Readonly<Record<string, number>>>({});
  const [drafts, setDrafts] = useState<Readonly<Record<string, string>>>({});
  const newest = useRef(0);

  useEffect(() => {
    const arrivals = people
      .map((person) => ({ person, at: Math.max(0, ...signsIn(person)) }))
      .sort((a, b) => a.at - b.at);
    const next = { ...shown };
    for (const { person, at } of arrivals) {
      const front = people.find(({ email }) => email === next[person.role]);
      if (front === undefined) next[person.role] = person.email;
      else if (at > newest.current && !isBusy(front, drafts)) next[person.role] = person.email;
    }
    newest.current = Math.max(newest.current, ...arrivals.map(({ at }) => at));
    if (next.rep !== shown.rep || next.manager !== shown.manager) setShown(next);
  }, [people, shown, drafts]);

  useEffect(() => {
    setReadUpTo((current) => {
      const read = people.filter(({ email, role }) => shown[role] === email && inSight.includes(role));
      const isNews = read.some((person) => latest(person) > (current[person.email] ?? 0));
      if (!isNews) return current;
      return { ...current, ...Object.fromEntries(read.map((person) => [person.email, latest(person)])) };
    });
  }, [people, shown, inSight]);

  return {
    shown,
    show: useCallback(({ role, email }) => setShown((current) => ({ ...current, [role]: email })), []),
    unreadOf: (person) => signsIn(person).filter((at) => at > (readUpTo[person.email] ?? 0)).length,
    drafts,
    setDraft: useCallback((email, draft) => setDrafts((current) => ({ ...current, [email]: draft })), []),
  };
}

/** When the bot said something that Slack tells the person of. */
function signsIn({ messages }: PersonState): number[] {
  const spoken = messages.flatMap((message) => [
    message,
    ...message.replies.filter((reply) => reply.isBroadcast),
  ]);
  return spoken.filter(({ from }) => from === 'bot').map(({ ts }) => Number(ts));
}

function latest(person: PersonState): number {
  return Math.max(0, ...signsIn(person));
}

function isBusy({ email, modal }: PersonState, drafts: Readonly<Record<string, string>>): boolean {
  return modal !== null || Boolean(drafts[email]);
}
