import { useEffect, useState } from 'react';
import type { GalleryCard, GalleryContent } from '../../gallery-protocol.ts';
import { chatNames } from '../chats.ts';
import { Blocks } from '../slack/blocks.tsx';
import { Card } from '../teams/card.tsx';
import { ThemeSwitch } from '../theme-switch.tsx';

const chats = ['slack', 'teams'] as const;
const widths = { phone: 'Phone', desk: 'Desktop' } as const;
type Width = keyof typeof widths;

type Shown = {
  lead: string;
  chats: readonly (typeof chats)[number][];
  width: Width;
  /** The keys of some states; empty: all of them. */
  only: readonly string[];
};

/** Every state of a handoff's cards, side by side. The address says what is shown. */
export function Gallery() {
  const [shown, setShown] = useState(shownBy(new URLSearchParams(location.search)));
  const [content, setContent] = useState<GalleryContent | null>(null);
  const { lead } = shown;

  useEffect(() => {
    const aborting = new AbortController();
    fetch(`/gallery.json?lead=${encodeURIComponent(lead)}`, { signal: aborting.signal })
      .then((response) => response.json())
      .then(setContent, () => {});
    return () => aborting.abort();
  }, [lead]);

  const change = (changed: Partial<Shown>) => {
    const next = { ...shown, ...changed };
    history.replaceState(null, '', `?${addressOf(next)}`);
    setShown(next);
  };

  if (content === null) return <p className="loading">The cards are being made…</p>;
  return (
    <div className="gallery" data-width={shown.width}>
      <header className="gallery-head">
        <h1>Cards of a handoff</h1>
        <a href="/">Sandbox</a>
        <Choice
          label="Lead"
          options={content.leads.map(({ key, title }) => [key, title])}
          value={lead}
          onChoose={(chosen) => change({ lead: chosen })}
        />
        <Choice
          label="Chats"
          options={[
            ['both', 'Both chats'],
            ['slack', 'Slack'],
            ['teams', 'Teams'],
          ]}
          value={shown.chats.length > 1 ? 'both' : (shown.chats[0] ?? 'both')}
          onChoose={(chosen) => change({ chats: chatsIn(chosen) })}
        />
        <Choice
          label="Width"
          options={Object.entries(widths)}
          value={shown.width}
          onChoose={(chosen) => change({ width: widthIn(chosen) })}
        />
        <ThemeSwitch />
      </header>
      <main data-lead={content.lead}>
        {content.cards
          .filter(({ key }) => shown.only.length === 0 || shown.only.includes(key))
          .map((card) => (
            <State key={`${content.lead} ${card.key}`} card={card} shown={shown} users={content.users} />
          ))}
      </main>
    </div>
  );
}

function State({
  card: { key, title, now, zone, slack, teams },
  shown,
  users,
}: {
  card: GalleryCard;
  shown: Shown;
  users: GalleryContent['users'];
}) {
  return (
    <section className="gallery-state" data-state={key} aria-label={title}>
      <h2>{title}</h2>
      {shown.chats.map((chat) => (
        <figure key={chat} data-chat={chat}>
          {shown.chats.length > 1 && <figcaption>{chatNames[chat]}</figcaption>}
          <div className="gallery-card">
            {chat === 'slack' ? (
              <Blocks blocks={slack.blocks} reader={{ zone, now }} users={users} />
            ) : (
              <Card
                card={teams}
                onTyping={() => {}}
                onPress={() => {}}
                onSearch={async () => []}
                onOpen={() => {}}
              />
            )}
          </div>
        </figure>
      ))}
    </section>
  );
}

function Choice({
  label,
  options,
  value,
  onChoose,
}: {
  label: string;
  options: readonly (readonly [key: string, title: string])[];
  value: string;
  onChoose: (key: string) => void;
}) {
  return (
    <select aria-label={label} value={value} onChange={({ target }) => onChoose(target.value)}>
      {options.map(([key, title]) => (
        <option key={key} value={key}>
          {title}
        </option>
      ))}
    </select>
  );
}

function shownBy(query: URLSearchParams): Shown {
  return {
    lead: query.get('lead') ?? 'normal',
    chats: chatsIn(query.get('chat')),
    width: widthIn(query.get('width')),
    only: query.get('only')?.split(',').filter(Boolean) ?? [],
  };
}

function addressOf({ lead, chats: shown, width, only }: Shown): URLSearchParams {
  const chat = shown.length > 1 ? 'both' : (shown[0] ?? 'both');
  return new URLSearchParams({ lead, chat, width, ...(only.length > 0 && { only: only.join(',') }) });
}

function chatsIn(word: string | null): Shown['chats'] {
  return chats.filter((chat) => word === null || word === 'both' || word === chat);
}

function widthIn(word: string | null): Width {
  return word === 'desk' ? 'desk' : 'phone';
}
