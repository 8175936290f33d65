import { useEffect, useState } from 'react';
import type { ChannelState } from '../protocol.ts';

/**
 * Counts what nobody at the page has read of each channel.
 * @param inSight the id of the channel that is on the screen
 */
export function useUnread(
  channels: readonly ChannelState[],
  inSight: string | null,
): (channel: ChannelState) => number {
  const [read, setRead] = useState<Readonly<Record<string, number>>>({});
  const arrived = channels.find(({ id }) => id === inSight)?.messages.length ?? 0;
  useEffect(() => {
    if (inSight !== null) setRead((all) => ({ ...all, [inSight]: arrived }));
  }, [inSight, arrived]);
  return ({ id, messages }) => Math.max(0, messages.length - (read[id] ?? 0));
}
