import { useCallback, useEffect, useLayoutEffect, useRef } from 'react';

/** So close to the end counts as at the end. */
const nearPx = 24;

/**
 * Keeps a list's newest entry in sight, also while what is above it grows, until somebody scrolls back.
 * @param newest the `data-ts` of the newest entry
 */
export function useNewestInSight(newest: string | undefined) {
  const place = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const staysAtEnd = useRef(true);

  const showNewest = useCallback(() => {
    const list = place.current;
    const last = newest === undefined ? null : list?.querySelector<HTMLElement>(`[data-ts="${newest}"]`);
    if (!list || !last) return;
    // What is taller than the list is read from its top.
    const isTall = last.offsetHeight > list.clientHeight;
    list.scrollTop = isTall ? last.offsetTop : list.scrollHeight;
    staysAtEnd.current = !isTall;
  }, [newest]);

  useLayoutEffect(showNewest, [showNewest]);

  useEffect(() => {
    const list = place.current;
    if (!list || !content.current) return;
    let wasHidden = list.clientHeight === 0;
    const observer = new ResizeObserver(() => {
      const isHidden = list.clientHeight === 0;
      if (wasHidden && !isHidden) showNewest();
      else if (staysAtEnd.current) list.scrollTop = list.scrollHeight;
      wasHidden = isHidden;
    });
    observer.observe(content.current);
    return () => observer.disconnect();
  }, [showNewest]);

  const onScroll = () => {
    const list = place.current;
    if (!list) return;
    staysAtEnd.current = list.scrollTop + list.clientHeight > list.scrollHeight - nearPx;
  };
  return { place, content, onScroll };
}
