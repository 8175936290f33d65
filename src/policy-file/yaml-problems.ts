import { type Document, isNode, visit, type YAMLError } from 'yaml';

/** A place in the text, counted in characters, and what is wrong there. */
export type TextProblem = { offset: number; words: string };

/** What keeps the text from being YAML. What follows from the first mistake is left out. */
export function syntaxProblems(errors: readonly YAMLError[], text: string): TextProblem[] {
  return errors
    .filter(({ code }, index) => index === 0 || code === 'DUPLICATE_KEY')
    .map((error) => ({ offset: beginOf(error, text), words: syntaxWords(error, text) }));
}

/** A quote that is never closed is found missing at the end of the text, and was opened by the last there is. */
function beginOf({ message, pos: [from] }: YAMLError, text: string): number {
  const [, quote] = /^Missing closing (['"])quote/.exec(message) ?? [];
  return quote ? text.lastIndexOf(quote) : from;
}

function syntaxWords({ code, message, pos: [from] }: YAMLError, text: string): string {
  switch (code) {
    case 'DUPLICATE_KEY': {
      const [key = ''] = /^[^:\n]*/.exec(text.slice(from)) ?? [];
      return `found the key "${key.trim()}" a second time, expected each key once`;
    }
    case 'TAB_AS_INDENT':
      return 'found a tab before the text, expected spaces';
    case 'BAD_SCALAR_START':
      return `found a value that begins with "${text[from] ?? ''}", expected quotes around it`;
    case 'BAD_INDENT':
      return `found no end of what a bracket opened, expected a closing ${message.at(-1)} or more indentation`;
    case 'BLOCK_AS_IMPLICIT_KEY':
      return 'found a second ": " in the value or a line that is indented too far, expected one "key: value" a line, and quotes around text that has a colon in it';
    case 'MULTILINE_IMPLICIT_KEY':
      return 'found text without a value, expected "key: value" with a space after the colon';
    case 'MISSING_CHAR':
      return message.includes('quote') ? 'found no closing quote, expected one' : `${message}: expected YAML`;
    case 'RESOURCE_EXHAUSTION':
    case 'IMPOSSIBLE':
      return 'is nested too deep to be read, expected less';
    default:
      return `${message}: expected YAML`;
  }
}

/** Aliases that stand for nothing, or for something that they are a part of. */
export function aliasProblems(document: Document): TextProblem[] {
  const problems: TextProblem[] = [];
  visit(document, {
    Alias: (_, alias, ancestors) => {
      const target = alias.resolve(document);
      const offset = alias.range?.[0] ?? 0;
      const { source } = alias;
      if (!target) {
        problems.push({
          offset,
          words: `found *${source}, expected &${source} above it to name what it stands for`,
        });
      } else if (ancestors.some((node) => isNode(node) && node === target)) {
        problems.push({
          offset,
          words: `found *${source} within what &${source} names, expected it outside`,
        });
      }
    },
  });
  return problems;
}
