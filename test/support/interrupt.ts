import { expect } from 'vitest';
import { TemporaryFailure } from '../../src/flow/ports/failure.ts';
import { type Office, office } from './office.ts';

type Needs = Office['needs'];

/** What goes wrong: the process dies, or one call of a port fails; before the call had its effect, or after. */
type Mishap = { when: 'before' | 'after'; process: 'dies' | 'goes on' };

const mishaps: Mishap[] = [
  { when: 'before', process: 'dies' },
  { when: 'after', process: 'dies' },
  { when: 'before', process: 'goes on' },
  { when: 'after', process: 'goes on' },
];

/**
 * Runs a step with a mishap at its first port call, then again without one; in a fresh office with the mishap at the
 * second call, and so on to the last. Every time the end must be the same as without any mishap, or as `expected`.
 */
export async function survivesEveryInterruption<Seen>(scene: {
  /** Everything before the step. */
  prepare: (office: Office) => Promise<void>;
  /** `repeat`: the attempt before broke off, as the queue tells. */
  step: (needs: Needs, how: { repeat: boolean }) => Promise<unknown>;
  /** What must be the same in the end. */
  look: (office: Office) => Seen;
  /** What the end is instead, where it depends on how far the attempt with the mishap came. */
  expected?: (undisturbed: Seen, left: Office) => Seen;
  within?: Parameters<typeof office>[0];
}): Promise<void> {
  const settle = async (there: Office, how: { repeat: boolean }) => {
    await scene.step(there.needs, how);
    await scene.step(there.needs, { repeat: false });
    return scene.look(there);
  };
  const begin = async () => {
    const there = await office(scene.within);
    await scene.prepare(there);
    return there;
  };
  const undisturbed = await settle(await begin(), { repeat: false });

  for (const mishap of mishaps) {
    let calls = 0;
    for (let call = 1; calls === call - 1; call += 1) {
      const there = await begin();
      const interrupted = interruptAt(call, mishap, there.needs);
      const brokeOff = await scene.step(interrupted.needs, { repeat: false }).then(
        () => false,
        (error: unknown) => {
          if (!(error instanceof TemporaryFailure)) throw error;
          return true;
        },
      );
      const struck = interrupted.struck();
      if (!struck) break;
      calls = call;
      const where = `call ${call}, ${struck}: fails ${mishap.when} its effect, the process ${mishap.process}`;
      const expected = scene.expected?.(undisturbed, there) ?? undisturbed;
      expect({ where, seen: await settle(there, { repeat: brokeOff }) }).toEqual({ where, seen: expected });
    }
    expect(calls).toBeGreaterThan(0);
  }
}

/** The ports, of which the n-th call fails; `struck` names it once it has been made. */
function interruptAt(
  n: number,
  { when, process }: Mishap,
  needs: Needs,
): { needs: Needs; struck: () => string | null } {
  let calls = 0;
  let struck: string | null = null;
  const failure = () => new TemporaryFailure('interrupted', { outcome: 'unknown' });

  const wrap = <Port extends object>(name: string, port: Port): Port =>
    new Proxy(port, {
      get(target, key, receiver) {
        const member: unknown = Reflect.get(target, key, receiver);
        if (typeof member !== 'function') return member;
        return async (...args: unknown[]) => {
          if (struck && process === 'dies') throw failure();
          calls += 1;
          const strikes = calls === n;
          if (strikes) struck = `${name}.${String(key)}`;
          if (strikes && when === 'before') throw failure();
          const result: unknown = await member.apply(target, args);
          if (strikes) throw failure();
          return result;
        };
      },
    });

  return {
    needs: {
      ...needs,
      inbox: wrap('inbox', needs.inbox),
      arrivals: wrap('arrivals', needs.arrivals),
      handoffs: wrap('handoffs', needs.handoffs),
      holds: wrap('holds', needs.holds),
      decisions: wrap('decisions', needs.decisions),
      cards: wrap('cards', needs.cards),
      directory: wrap('directory', needs.directory),
      crm: wrap('crm', needs.crm),
      sequences: wrap('sequences', needs.sequences),
      leadRecords: wrap('leadRecords', needs.leadRecords),
      chats: needs.chats.map((chat) => wrap(chat.platform, chat)),
    },
    struck: () => struck,
  };
}
