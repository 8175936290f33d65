import { useCallback, useEffect, useLayoutEffect, useRef } from 'react';

/** So close to the end counts as at the end. */
const nearPx = 24;

/**
 * Keeps a list's newest entry in sight, also while what is above it grows, until somebody scrolls back.
 * @param newest the `data-message` of the newest entry
 */
export function useNewestInSight(newest: string | undefined) {
  const place = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const staysAtEnd = useRef(true);

  const lastEntry = useCallback(
    () => (newest ? place.current?.querySelector<HTMLElement>(`[data-message="${newest}"]`) : null),
    [newest],
  );

  const showNewest = useCallback(() => {
    const list = place.current;
    const last = lastEntry();
    if (!list || !last) return;
    // What is taller than the list is read from its top.
    const isTall = last.offsetHeight > list.clientHeight;
    list.scrollTop = isTall ? last.offsetTop : list.scrollHeight;
    staysAtEnd.current = !isTall;
  }, [lastEntry]);

  useLayoutEffect(showNewest, [showNewest]);

  useEffect(() => {
    const list = place.current;
    if (!list || !content.current) return;
    let { clientWidth: width } = list;
    const observer = new ResizeObserver(() => {
      // Hidden lists have no width. In another one everything stands elsewhere.
      const isRearranged = list.clientWidth !== width;
      const startsInSight = list.scrollTop <= (lastEntry()?.offsetTop ?? 0) + nearPx;
      if (isRearranged && (width === 0 || staysAtEnd.current)) showNewest();
      // What grows under somebody's hands stays where it is.
      else if (staysAtEnd.current && !list.contains(document.activeElement)) {
        if (startsInSight) showNewest();
        else list.scrollTop = list.scrollHeight;
      }
      width = list.clientWidth;
    });
    observer.observe(content.current);
    return () => observer.disconnect();
  }, [lastEntry, showNewest]);

  const onScroll = () => {
    const list = place.current;
    if (!list) return;
    staysAtEnd.current = list.scrollTop + list.clientHeight > list.scrollHeight - nearPx;
  };
  return { place, content, onScroll };
}
