import { PermanentFailure, TemporaryFailure } from '../../../src/flow/ports/failure.ts';

/**
 * How a call fails: `notDone` and `refused` before anything happened, `lost` after it was done, `silent` without its
 * having been done though nobody can tell. `shutOut` until somebody does something about it.
 */
export type Mishap = 'notDone' | 'lost' | 'silent' | 'refused' | 'shutOut';

export type Script<Port> = {
  /** The next call of this method fails in this way; several wait in line. */
  fail(method: MethodOf<Port>, mishap: Mishap): void;
  /** The next call of this method succeeds, before others fail. */
  pass(method: MethodOf<Port>): void;
  /** Every call so far, by method, refused ones too. */
  calls: MethodOf<Port>[];
};

type MethodOf<Port> = {
  [Name in keyof Port]: Port[Name] extends (...args: never[]) => Promise<unknown> ? Name : never;
}[keyof Port] &
  string;

/** A port whose calls fail as a test wants them to. */
export function scripted<Port extends object>(port: Port): { port: Port; script: Script<Port> } {
  const waiting = new Map<string, (Mishap | null)[]>();
  const calls: string[] = [];
  const proxied = Object.fromEntries(
    Object.entries(port).map(([name, value]) => [
      name,
      typeof value === 'function' ? played(name, value) : value,
    ]),
  );

  function played(name: string, method: (...args: unknown[]) => Promise<unknown>) {
    return async (...args: unknown[]) => {
      calls.push(name);
      const mishap = waiting.get(name)?.shift();
      if (mishap === 'refused')
        throw new PermanentFailure(`${name} was refused`, { code: `${name}_refused` });
      if (mishap === 'notDone') throw new TemporaryFailure(`${name} was not done`, { outcome: 'notDone' });
      if (mishap === 'shutOut') {
        throw new TemporaryFailure(`${name} was not let`, {
          outcome: 'notDone',
          obstacle: 'the tab is switched off',
        });
      }
      if (mishap === 'silent') throw new TemporaryFailure(`${name} timed out`, { outcome: 'unknown' });
      const result = await method(...args);
      if (mishap === 'lost') throw new TemporaryFailure(`${name} timed out`, { outcome: 'unknown' });
      return result;
    };
  }

  const script = {
    fail: (name: string, mishap: Mishap) => {
      waiting.set(name, [...(waiting.get(name) ?? []), mishap]);
    },
    pass: (name: string) => {
      waiting.set(name, [...(waiting.get(name) ?? []), null]);
    },
    calls,
  };
  return { port: proxied as Port, script: script as unknown as Script<Port> };
}
