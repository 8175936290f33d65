import { oneLine } from '../words/line.ts';

const quotedLength = 110;

/** What somebody said, as it stands within a line. */
export function quoted(text: string): string {
  return `“${oneLine(text, quotedLength)}”`;
}
