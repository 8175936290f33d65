import { expect, test } from 'vitest';
import { plainReply } from '../../src/commands/plain-reply.ts';
import { harmless } from '../../src/commands/terminal.ts';
import { line } from '../../src/domain/words/line.ts';

test.each([
  ['\x1b[2J\x1b[1;1HNobody waits', '\ufffd[2J\ufffd[1;1HNobody waits'],
  ['\x9b2J', '\ufffd2J'],
  ['Dana\rGrace', 'Dana\ufffdGrace'],
  ['a\u202egpj.exe', 'a\ufffdgpj.exe'],
  ['Zoë ☕\tOrtiz\r\nBerlin\n', 'Zoë ☕\tOrtiz\r\nBerlin\n'],
])('of %j a terminal gets %j', (text, shown) => {
  expect(harmless(text)).toBe(shown);
});

test("a lead's name cannot clear the terminal of whoever asks why", () => {
  const sections = [{ kind: 'text' as const, title: 'Dana \x1b[2J', text: line`is with ${'\x1b]0;x\x07'}` }];
  expect(plainReply({ title: '\x1b[2J', sections }, 'UTC')).not.toMatch(/(?!\n)\p{Cc}/u);
});
