import { type Fields, isFields } from '../fields.ts';

/** Where blocks are shown. Some blocks are allowed on one surface and refused on another. */
export type Surface = 'message' | 'modal' | 'home';

/** One thing that Slack would refuse, in Slack's words, with the JSON pointer to the place. */
export type Issue = {
  readonly message: string;
  readonly pointer: string;
};

export type Findings = {
  readonly surface: Surface;
  report(message: string, pointer: string): void;
};

/** Reports what is wrong with `value`; says nothing when it is right. */
export type Check = (value: unknown, pointer: string, findings: Findings) => void;

type Checks = Readonly<Record<string, Check>>;
type WholeCheck = (fields: Fields, pointer: string, findings: Findings) => void;

/** The fields of one type of block or element. Slack refuses every field that it does not know. */
export type Kind = {
  readonly required?: Checks;
  readonly optional?: Checks;
  /** All surfaces unless given. */
  readonly surfaces?: readonly Surface[];
  /** What no single field can tell. Runs on the object as it came, wrong fields included. */
  readonly whole?: WholeCheck;
};

export function text(max: number, min = 1): Check {
  return (value, pointer, findings) => {
    if (typeof value !== 'string') findings.report('must be a string', pointer);
    else if (value.length < min) findings.report(`must be more than ${min - 1} characters`, pointer);
    else if (value.length > max) findings.report(`must be less than ${max + 1} characters`, pointer);
  };
}

export const flag: Check = (value, pointer, findings) => {
  if (typeof value !== 'boolean') findings.report('must be a boolean', pointer);
};

export const number: Check = (value, pointer, findings) => {
  if (typeof value !== 'number') findings.report('must be a number', pointer);
};

export function whole(min: number, max: number): Check {
  return (value, pointer, findings) => {
    if (!Number.isInteger(value) || Number(value) < min || Number(value) > max) {
      findings.report(`must be an integer from ${min} to ${max}`, pointer);
    }
  };
}

export function oneOf(...values: readonly (string | number)[]): Check {
  return (value, pointer, findings) => {
    if (!values.some((allowed) => allowed === value)) {
      findings.report(`must be one of: ${values.join(', ')}`, pointer);
    }
  };
}

export function matching(pattern: RegExp, expectation: string): Check {
  return (value, pointer, findings) => {
    if (typeof value !== 'string' || !pattern.test(value)) {
      findings.report(`must be ${expectation}`, pointer);
    }
  };
}

/** An address with one of these schemes. */
export function address(...schemes: readonly string[]): Check {
  return (value, pointer, findings) => {
    text(3000)(value, pointer, findings);
    if (typeof value === 'string' && !schemes.includes(URL.parse(value)?.protocol ?? '')) {
      findings.report('invalid url', pointer);
    }
  };
}

/** Where a button, a menu or a picture leads: that they take more than this is not documented. */
export const url: Check = address('https:', 'http:');

export function list(item: Check, min: number, max: number): Check {
  return (value, pointer, findings) => {
    if (!Array.isArray(value)) {
      findings.report('must be an array', pointer);
      return;
    }
    if (value.length < min) findings.report(`must provide at least ${min} items`, pointer);
    if (value.length > max) findings.report(`no more than ${max} items allowed`, pointer);
    for (const [index, entry] of value.entries()) item(entry, `${pointer}/${index}`, findings);
  };
}

/** An object without a `type`: an option, a confirmation, a style. */
export function shape(kind: Kind): Check {
  return (value, pointer, findings) => {
    if (!isFields(value)) {
      findings.report('must be an object', pointer);
      return;
    }
    checkFields(value, kind, pointer, findings);
  };
}

/**
 * An object whose `type` says what it is.
 * @param allowed the types that fit this place, when it is not all of `kinds`
 */
export function typed(kinds: Readonly<Record<string, Kind>>, allowed = Object.keys(kinds)): Check {
  return (value, pointer, findings) => {
    if (!isFields(value)) {
      findings.report('must be an object', pointer);
      return;
    }
    const { type, ...rest } = value;
    if (type === undefined) {
      findings.report('missing required field: type', pointer);
      return;
    }
    const kind = typeof type === 'string' && allowed.includes(type) ? kinds[type] : undefined;
    if (kind === undefined || kind.surfaces?.includes(findings.surface) === false) {
      findings.report(`unsupported type: ${String(type)}`, `${pointer}/type`);
      return;
    }
    checkFields(rest, kind, pointer, findings);
  };
}

/** For a check that refers to itself, such as a block that holds blocks. */
export function later(check: () => Check): Check {
  return (value, pointer, findings) => check()(value, pointer, findings);
}

const textObjects = (max: number): Readonly<Record<string, Kind>> => ({
  plain_text: { required: { text: text(max) }, optional: { emoji: flag } },
  mrkdwn: { required: { text: text(max) }, optional: { verbatim: flag } },
});

export function plainText(max: number): Check {
  return typed(textObjects(max), ['plain_text']);
}

export function mrkdwn(max: number): Check {
  return typed(textObjects(max), ['mrkdwn']);
}

/** Either kind of text. Slack then reports the failed choice besides the fault itself. */
export function anyText(max: number): Check {
  const either = typed(textObjects(max));
  return (value, pointer, findings) => {
    const faults = collect(findings.surface, (inner) => either(value, pointer, inner));
    if (faults.length > 0) findings.report('failed to match all allowed schemas', pointer);
    for (const fault of faults) findings.report(fault.message, fault.pointer);
  };
}

/** Runs a check and returns what it reported. */
export function collect(surface: Surface, run: (findings: Findings) => void): Issue[] {
  const issues: Issue[] = [];
  run({ surface, report: (message, pointer) => issues.push({ message, pointer }) });
  return issues;
}

function checkFields(fields: Fields, kind: Kind, pointer: string, findings: Findings): void {
  const { required = {}, optional = {} } = kind;
  for (const name of Object.keys(required)) {
    if (fields[name] === undefined || fields[name] === null) {
      findings.report(`missing required field: ${name}`, pointer);
    }
  }
  for (const [name, value] of Object.entries(fields)) {
    // Slack treats null as "not given".
    if (value === undefined || value === null) continue;
    const check = required[name] ?? optional[name];
    if (check === undefined) findings.report(`invalid additional property: ${name}`, pointer);
    else check(value, `${pointer}/${name}`, findings);
  }
  kind.whole?.(fields, pointer, findings);
}
