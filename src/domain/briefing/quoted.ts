import { oneLine } from '../words/line.ts';

const quotedLength = 160;

/** What somebody said, as it stands within a line. */
export function quoted(text: string): string {
  return `“${oneLine(text, quotedLength)}”`;
}
