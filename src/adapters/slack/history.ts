/** As much as Slack recommends to ask for at once; a conversation with the bot holds little else than cards. */
const pageSize = 200;
const searchedPages = 5;

type Asked = { limit: number; include_all_metadata: true; cursor?: string };
type Page<Found> = { messages?: Found[]; response_metadata?: { next_cursor?: string } };

/** Whether it is a conversation with one person; channels have other ids. */
export function isDirect(conversationId: string): boolean {
  return conversationId.startsWith('D');
}

/**
 * What some pages of a conversation with a person hold; further back nobody looks. In a channel it finds nothing: to
 * read there, the app would have to be invited, and could read what people say to each other.
 */
export async function* messagesOf<Found>(
  conversationId: string,
  read: (page: Asked) => Promise<Page<Found>>,
): AsyncGenerator<Found> {
  if (!isDirect(conversationId)) return;
  let cursor: string | undefined;
  for (let page = 0; page < searchedPages; page += 1) {
    const asked: Asked = { limit: pageSize, include_all_metadata: true };
    const { messages = [], response_metadata } = await read(cursor ? { ...asked, cursor } : asked);
    yield* messages;
    cursor = response_metadata?.next_cursor;
    if (!cursor) return;
  }
}
