import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Document, isMap, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import type { Policy } from './domain/policy.ts';
import { policySchema, toPolicy } from './policy-file/schema.ts';
import { inWords } from './policy-file/values.ts';

/** The policy file is wrong; each problem names line, path, what was found and what is expected. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError';
  readonly problems: readonly string[];

  constructor(file: string, problems: readonly string[]) {
    super(`${file} is not a policy:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

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
  return { policy: parsePolicy(text, file), text };
}

/** Parses the text of a policy; `file` is what its problems call it. @throws PolicyError naming every problem. */
export function parsePolicy(text: string, file: string): Policy {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  const lineAt = (offset: number) => Math.max(1, lines.linePos(offset).line);
  if (document.errors.length > 0) {
    throw new PolicyError(
      file,
      document.errors.map(({ message, pos }) => `line ${lineAt(pos[0])}: ${message}`),
    );
  }
  const version = createHash('sha256').update(text).digest('hex').slice(0, 12);
  const parsed = policySchema
    .transform((raw) => toPolicy(raw, version))
    .safeParse(valuesOf(document, file), { error: inWords });
  if (parsed.success) return parsed.data;
  const problem = (path: readonly PropertyKey[], message: string) => {
    const where = path.length > 0 ? `${path.join('.')}: ` : '';
    return `line ${lineAt(offsetOf(document.contents, path))}: ${where}${message}`;
  };
  throw new PolicyError(
    file,
    parsed.error.issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) =>
            problem([...issue.path, key], 'is unknown, expected a key of the example policy'),
          )
        : problem(issue.path, issue.message),
    ),
  );
}

/** The document as plain values; aliases are looked up only here, and may lead nowhere. */
function valuesOf(document: Document, file: string): unknown {
  try {
    return document.toJS();
  } catch (cause) {
    throw new PolicyError(file, [cause instanceof Error ? cause.message : String(cause)]);
  }
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
