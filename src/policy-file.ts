import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Document, isMap, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import type { Policy } from './domain/policy/policy.ts';
import { keysAt } from './policy-file/json-schema.ts';
import { inMeantAlternative } from './policy-file/meant-alternative.ts';
import { checkReferences } from './policy-file/references.ts';
import { policySchema } from './policy-file/schema.ts';
import { toPolicy } from './policy-file/to-policy.ts';
import { unknownKey } from './policy-file/unknown-key.ts';
import { inWords } from './policy-file/values.ts';
import { aliasProblems, syntaxProblems } from './policy-file/yaml-problems.ts';

/** The policy file is wrong; each problem names line, path, what was found and what is expected. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError';
  readonly problems: readonly string[];

  constructor(file: string, problems: readonly string[]) {
    super(`${file} is not a policy:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

/** A start reads its file twice, and a reload finds most often what it knows: the same text is parsed once. */
let last: { text: string; policy: Policy } | null = null;

/** Reads a policy from a file. @throws PolicyError naming every problem. */
export function readPolicyFile(file: string): { policy: Policy; text: string } {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    throw new PolicyError(file, [
      `cannot be read (${code}): expected a YAML file there, or HANDOFF_POLICY to name it`,
    ]);
  }
  if (last?.text !== text) last = { text, policy: parsePolicy(text, file) };
  return last;
}

/** Parses the text of a policy; `file` is what its problems call it. @throws PolicyError naming every problem. */
export function parsePolicy(text: string, file: string): Policy {
  const { document, lineAt, problem } = documentOf(text);
  const unreadable = syntaxProblems(document.errors, text);
  const broken = unreadable.length > 0 ? unreadable : aliasProblems(document);
  if (broken.length > 0) {
    throw new PolicyError(
      file,
      broken.map(({ offset, words }) => `line ${lineAt(offset)}: ${words}`),
    );
  }
  const version = createHash('sha256').update(text).digest('hex').slice(0, 12);
  const parsed = policySchema
    .superRefine(checkReferences)
    .transform((raw) => toPolicy(raw, version))
    .safeParse(valuesOf(document, file), { error: inWords });
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.flatMap(inMeantAlternative);
  // Where a key is misspelt, what else is wrong with the same object follows from that.
  const misspelt = new Set(
    issues.flatMap(({ code, path }) => (code === 'unrecognized_keys' ? [path.join('.')] : [])),
  );
  const telling = issues.filter(({ code, path }) => code !== 'custom' || !misspelt.has(path.join('.')));
  throw new PolicyError(
    file,
    telling.flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => problem([...issue.path, key], unknownKey(key, keysAt(issue.path))))
        : problem(issue.path, issue.message),
    ),
  );
}

/** Words for what else is wrong with the text of a policy: with line and path. */
export function problemsIn(text: string): (path: readonly PropertyKey[], message: string) => string {
  return documentOf(text).problem;
}

function documentOf(text: string) {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  const lineAt = (offset: number) => Math.max(1, lines.linePos(offset).line);
  const problem = (path: readonly PropertyKey[], message: string) => {
    const where = path.length > 0 ? `${path.join('.')}: ` : '';
    return `line ${lineAt(offsetOf(document.contents, path))}: ${where}${message}`;
  };
  return { document, lineAt, problem };
}

/** The document as plain values; so many aliases of aliases that nothing could hold them are refused. */
function valuesOf(document: Document, file: string): unknown {
  let values: unknown;
  try {
    values = document.toJS();
  } catch (cause) {
    throw new PolicyError(file, [cause instanceof Error ? cause.message : String(cause)]);
  }
  if (isDeep(values)) throw new PolicyError(file, [`is nested more than ${deepest} deep, expected less`]);
  return values;
}

/** No policy needs to be nested deeper, and much deeper nesting would exhaust the stack. */
const deepest = 60;

function isDeep(values: unknown): boolean {
  let level = [values];
  for (let depth = 0; depth < deepest && level.length > 0; depth += 1) {
    level = level.flatMap((value) => (typeof value === 'object' && value ? Object.values(value) : []));
  }
  return level.length > 0;
}

/** Where the deepest part of the path that exists stands in the text. */
function offsetOf(root: Node | null, path: readonly PropertyKey[]): number {
  let node: unknown = root;
  let offset = 0;
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && item.key.value === key);
      if (!pair) break;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value;
    } else {
      const child = (node as { items?: Node[] } | null)?.items?.[Number(key)];
      if (!child) break;
      node = child;
      offset = child.range?.[0] ?? offset;
    }
  }
  return offset;
}
