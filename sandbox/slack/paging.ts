import { type Arguments, numberArgument, stringArgument } from './arguments.ts';

/** One page of a list, by Slack's `limit` and `cursor`; null when the cursor is none of ours. */
export function cutPage<Item>(
  args: Arguments,
  items: readonly Item[],
  limits: { max: number; otherwise: number },
): { items: readonly Item[]; nextCursor: string } | null {
  const limit = numberArgument(args, 'limit', { min: 1, ...limits });
  const cursor = stringArgument(args, 'cursor');
  const start = cursor === null ? 0 : Number.parseInt(Buffer.from(cursor, 'base64').toString(), 10);
  if (Number.isNaN(start)) return null;
  const end = start + limit;
  const nextCursor = end < items.length ? Buffer.from(String(end)).toString('base64') : '';
  return { items: items.slice(start, end), nextCursor };
}
