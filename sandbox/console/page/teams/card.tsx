import { useEffectEvent, useLayoutEffect, useRef, useState } from 'react';
import type { CardState } from '../../protocol.ts';
import { type CardEvents, renderCard } from './render-card.ts';

/** An Adaptive Card. It is drawn anew only when it says something else: what is being typed stays. */
export function Card({
  card,
  onTyping,
  onPress,
  onSearch,
  onOpen,
}: CardEvents & {
  card: CardState;
  /** Hears when somebody begins to fill the card in, and when nothing of that is left. */
  onTyping: (isTyping: boolean) => void;
}) {
  const place = useRef<HTMLDivElement>(null);
  const [isBroken, setBroken] = useState(false);
  const json = JSON.stringify(card);
  const press = useEffectEvent(onPress);
  const search = useEffectEvent(onSearch);
  const open = useEffectEvent(onOpen);
  const typing = useEffectEvent(onTyping);

  useLayoutEffect(() => {
    const holder = place.current;
    if (holder === null) return;
    const hadFocus = holder.contains(document.activeElement);
    try {
      const element = renderCard(JSON.parse(json), { onPress: press, onSearch: search, onOpen: open });
      holder.replaceChildren(element);
      setBroken(false);
      // Whoever pressed the button goes on where it was.
      if (hadFocus) element.focus({ preventScroll: true });
    } catch {
      holder.replaceChildren();
      setBroken(true);
    }
    return () => typing(false);
  }, [json]);

  return (
    <>
      <div className="card" ref={place} onInput={() => onTyping(true)} />
      {isBroken && <p className="unshown">This page cannot show this card</p>}
    </>
  );
}
