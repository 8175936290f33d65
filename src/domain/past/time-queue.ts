/** Things that are due one after another, the earliest first. */
export type TimeQueue<T> = {
  add(at: number, value: T): void;
  /** Takes out the earliest of those that are due by then; null when none is. */
  takeDue(by: number): { at: number; value: T } | null;
};

/** A binary heap by time, in milliseconds since 1970; what is due at the same time comes in any order. */
export function timeQueue<T>(): TimeQueue<T> {
  const heap: { at: number; value: T }[] = [];
  const timeOf = (index: number) => heap[index]?.at ?? Number.POSITIVE_INFINITY;
  const swap = (a: number, b: number) => {
    const [first, second] = [heap[a], heap[b]];
    if (first && second) [heap[a], heap[b]] = [second, first];
  };
  return {
    add: (at, value) => {
      heap.push({ at, value });
      for (let child = heap.length - 1; child > 0; ) {
        const parent = (child - 1) >> 1;
        if (timeOf(parent) <= timeOf(child)) break;
        swap(parent, child);
        child = parent;
      }
    },
    takeDue: (by) => {
      const first = heap[0];
      if (!first || first.at > by) return null;
      const last = heap.pop();
      if (heap.length === 0 || !last) return first;
      heap[0] = last;
      for (let parent = 0; ; ) {
        const left = 2 * parent + 1;
        const smaller = timeOf(left + 1) < timeOf(left) ? left + 1 : left;
        if (timeOf(parent) <= timeOf(smaller)) break;
        swap(parent, smaller);
        parent = smaller;
      }
      return first;
    },
  };
}
