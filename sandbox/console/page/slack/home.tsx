import { useState } from 'react';
import type { BlockState, PersonState } from '../../protocol.ts';
import { slackUsers } from '../chats.ts';
import type { Perform } from '../use-sandbox.ts';
import { Blocks } from './blocks.tsx';
import { PressContext, type Pressed } from './press.ts';

/** A person's Home tab, with its buttons. */
export function Home({
  blocks,
  person,
  people,
  now,
  perform,
}: {
  blocks: readonly BlockState[] | null;
  person: PersonState;
  people: readonly PersonState[];
  now: number;
  perform: Perform;
}) {
  const [isPending, setPending] = useState(false);
  const press = async ({ ids }: Pressed) => {
    if (isPending) return;
    setPending(true);
    await perform({ act: 'pressInView', who: person.email, view: 'home', ...ids });
    setPending(false);
  };
  return (
    // Whoever has a keyboard scrolls what has the focus.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls
    <section className="slack-home" aria-label={`Home of ${person.name}`} aria-busy={isPending} tabIndex={0}>
      {blocks === null ? (
        <p className="empty">Nothing was published here yet.</p>
      ) : (
        <PressContext value={press}>
          <Blocks blocks={blocks} reader={{ zone: person.zone, now }} users={slackUsers(people)} />
        </PressContext>
      )}
    </section>
  );
}
