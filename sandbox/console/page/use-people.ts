import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Platform } from '../../../src/domain/policy/policy.ts';
import type { PersonState } from '../protocol.ts';
import { arrivalsIn, chatsOf } from './chats.ts';

type Role = PersonState['role'];
type ByRole = Readonly<Record<Role, string>>;

export type ShownPeople = {
  /** Whose chats are shown, by role. */
  shown: ByRole;
  show: (person: PersonState) => void;
  /** The chat in front, of those that somebody has. */
  frontOf: (person: PersonState) => Platform;
  bringToFront: (person: PersonState, chat: Platform) => void;
  /** Whose pane shows both chats at once, in the place of both panes. */
  split: Role | null;
  setSplit: (person: PersonState, isSplit: boolean) => void;
  isInSight: (person: PersonState, chat: Platform) => boolean;
  unreadIn: (person: PersonState, chat: Platform) => number;
  unreadOf: (people: readonly PersonState[]) => number;
  draftIn: (person: PersonState, chat: Platform) => string;
  setDraft: (person: PersonState, chat: Platform, draft: string) => void;
  /** Whether somebody fills in a card. */
  setTyping: (person: PersonState, isTyping: boolean) => void;
};

/**
 * Chooses whose chats are shown: whoever gets a new message, unless somebody is busy there.
 * @param roles those whose panes are on the screen; what is not there is not read
 */
export function usePeople(
  people: readonly PersonState[],
  { roles, canSplit }: { roles: readonly Role[]; canSplit: boolean },
): ShownPeople {
  const [shown, setShown] = useState<ByRole>({ rep: '', manager: '' });
  const [fronts, setFronts] = useState<Readonly<Record<string, Platform>>>({});
  const [splitEmail, setSplitEmail] = useState<string | null>(null);
  const [readUpTo, setReadUpTo] = useState<Readonly<Record<string, number>>>({});
  const [drafts, setDrafts] = useState<Readonly<Record<string, string>>>({});
  const typing = useRef(new Set<string>());
  const newest = useRef(0);

  useEffect(() => {
    const arrivals = people
      .flatMap((person) => chatsOf(person).map((chat) => ({ person, chat, at: latest(person, chat) })))
      .sort((a, b) => a.at - b.at);
    const next = { ...shown };
    const brought: Record<string, Platform> = {};
    for (const { person, chat, at } of arrivals) {
      const front = people.find(({ email }) => email === next[person.role]);
      if (front === undefined) next[person.role] = person.email;
      else if (at > newest.current && front !== person && !isBusy(front, drafts, typing.current)) {
        next[person.role] = person.email;
        brought[person.email] = chat;
      }
    }
    newest.current = Math.max(newest.current, ...arrivals.map(({ at }) => at));
    if (next.rep !== shown.rep || next.manager !== shown.manager) setShown(next);
    if (Object.keys(brought).length > 0) setFronts((current) => ({ ...current, ...brought }));
  }, [people, shown, drafts]);

  const split = useMemo(() => {
    const person = people.find(({ email }) => email === splitEmail);
    const isSplit = canSplit && person && shown[person.role] === person.email && chatsOf(person).length > 1;
    return isSplit ? person.role : null;
  }, [people, shown, splitEmail, canSplit]);

  const frontOf = useCallback(
    (person: PersonState): Platform => {
      const [first = 'slack'] = chatsOf(person);
      const front = fronts[person.email] ?? first;
      return person.chats[front] === null ? first : front;
    },
    [fronts],
  );
  const isInSight = useCallback(
    (person: PersonState, chat: Platform): boolean => {
      if (shown[person.role] !== person.email || !roles.includes(person.role)) return false;
      return split === null ? frontOf(person) === chat : split === person.role;
    },
    [shown, roles, split, frontOf],
  );

  useEffect(() => {
    const read = people.flatMap((person) =>
      chatsOf(person)
        .filter((chat) => isInSight(person, chat))
        .map((chat) => [keyOf(person, chat), latest(person, chat)] as const),
    );
    setReadUpTo((current) => {
      const isNews = read.some(([key, at]) => at > (current[key] ?? 0));
      return isNews ? { ...current, ...Object.fromEntries(read) } : current;
    });
  }, [people, isInSight]);

  const unreadIn = (person: PersonState, chat: Platform): number => {
    const read = readUpTo[keyOf(person, chat)] ?? 0;
    return arrivalsIn(person, chat).filter((at) => at > read).length;
  };

  return {
    shown,
    show: useCallback(({ role, email }) => setShown((current) => ({ ...current, [role]: email })), []),
    frontOf,
    bringToFront: useCallback(
      ({ email }, chat) => setFronts((current) => ({ ...current, [email]: chat })),
      [],
    ),
    split,
    setSplit: useCallback(({ email }, isSplit) => setSplitEmail(isSplit ? email : null), []),
    isInSight,
    unreadIn,
    unreadOf: (some) =>
      some
        .flatMap((person) => chatsOf(person).map((chat) => unreadIn(person, chat)))
        .reduce((sum, unread) => sum + unread, 0),
    draftIn: (person, chat) => drafts[keyOf(person, chat)] ?? '',
    setDraft: useCallback(
      (person, chat, draft) => setDrafts((current) => ({ ...current, [keyOf(person, chat)]: draft })),
      [],
    ),
    setTyping: useCallback(({ email }, isTyping) => {
      if (isTyping) typing.current.add(email);
      else typing.current.delete(email);
    }, []),
  };
}

function keyOf({ email }: PersonState, chat: Platform): string {
  return `${chat} ${email}`;
}

function latest(person: PersonState, chat: Platform): number {
  return Math.max(0, ...arrivalsIn(person, chat));
}

function isBusy(
  person: PersonState,
  drafts: Readonly<Record<string, string>>,
  typing: ReadonlySet<string>,
): boolean {
  const isWriting = chatsOf(person).some((chat) => drafts[keyOf(person, chat)]);
  return isWriting || typing.has(person.email) || Boolean(person.chats.slack?.modal);
}
