const most = 9;

/** How much is unread; beyond nine nobody counts. */
export function Badge({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <span className="badge" title={`${count} unread`}>
      {count > most ? `${most}+` : count}
    </span>
  );
}
