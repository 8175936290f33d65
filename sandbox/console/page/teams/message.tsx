import { useState } from 'react';
import type { PersonState, TeamsMessageState } from '../../protocol.ts';
import { BotFace } from '../avatar.tsx';
import { contactIn } from '../contact-link.ts';
import type { Perform } from '../use-sandbox.ts';
import { time } from '../words.ts';
import { Card } from './card.tsx';
import type { Pressed } from './render-card.ts';

/** A message with its card, whose buttons do what they would do in Teams. */
export function TeamsMessage({
  message: { id, from, at, text, card, isEdited },
  person: { email, zone },
  perform,
  openContact,
  followContact,
  onTyping,
}: {
  message: TeamsMessageState;
  person: PersonState;
  perform: Perform;
  openContact: (contactId: string) => void;
  followContact: (contactId: string) => void;
  onTyping: (isTyping: boolean) => void;
}) {
  const [isPending, setPending] = useState(false);
  const [note, setNote] = useState<{ text: string; below: string } | null>(null);
  const isBot = from === 'bot';
  const json = JSON.stringify(card);

  const press = async (pressed: Pressed) => {
    if (isPending) return;
    setPending(true);
    setNote(null);
    const outcome = await perform({ act: 'press', who: email, messageId: id, ...pressed });
    setNote(outcome.note === null ? null : { text: outcome.note, below: json });
    setPending(false);
  };
  const search = async (inputId: string, text: string) =>
    (await perform({ act: 'search', who: email, messageId: id, inputId, text })).found ?? [];
  const open = (url: string) => {
    const contactId = contactIn(url);
    if (contactId !== null) openContact(contactId);
  };

  const follow = () => {
    const about = contactIn(json);
    if (about !== null) followContact(about);
  };

  return (
    <article className="teams-message" data-message={id} data-from={from}>
      {isBot && <BotFace size={28} />}
      <div className="teams-message-body">
        <p className="teams-message-head">
          {isBot && <strong>Lead Handoff</strong>}
          <time dateTime={new Date(at).toISOString()}>{time(at, zone)}</time>
          {isEdited && <span>Edited</span>}
        </p>
        {text !== '' && <p className="bubble">{text}</p>}
        {card && (
          // What is in it is reached and pressed with the keyboard; this only hears of it.
          <div className="card-frame" aria-busy={isPending} onClickCapture={follow}>
            <Card card={card} onTyping={onTyping} onPress={press} onSearch={search} onOpen={open} />
          </div>
        )}
        {/* What was said of an earlier card is of no use any more. */}
        {note?.below === json && (
          <p className="card-note" role="alert">
            {note.text}
          </p>
        )}
      </div>
    </article>
  );
}
