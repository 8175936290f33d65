import { Fragment, type ReactNode } from 'react';
import { useNewestInSight } from './use-newest-in-sight.ts';
import { day } from './words.ts';

/** The messages between a person and the bot, oldest first, the newest in sight. */
export function Conversation({
  label,
  emptyText,
  zone,
  items,
}: {
  label: string;
  emptyText: string;
  zone: string;
  /** `id` is the `data-message` of its element. */
  items: readonly { id: string; at: number; body: ReactNode }[];
}) {
  const { place, content, onScroll } = useNewestInSight(items.at(-1)?.id);
  return (
    <div className="conversation" ref={place} role="log" aria-label={label} onScroll={onScroll}>
      <div ref={content}>
        {items.length === 0 && <p className="empty">{emptyText}</p>}
        {items.map(({ id, at, body }, index) => {
          const before = items[index - 1];
          const isNewDay = !before || day(before.at, zone) !== day(at, zone);
          return (
            <Fragment key={id}>
              {isNewDay && <div className="day">{day(at, zone)}</div>}
              {body}
            </Fragment>
          );
        })}
      </div>
    </div>
  );
}
