import type { Timers } from '../../../src/flow/ports/time.ts';
import type { Kept } from './kept.ts';

export function memoryTimers({ handoffs, jobs }: Kept): Timers {
  return {
    fireDue: async (now) => {
      const due = [...handoffs.values()]
        .flatMap(({ handoff, timers }) => timers.map((timer) => ({ handoffId: handoff.id, timer })))
        .filter(({ timer }) => timer.state === 'pending' && timer.dueAt <= now)
        .sort((a, b) => +a.timer.dueAt - +b.timer.dueAt || a.timer.step - b.timer.step);
      for (const { handoffId, timer } of due) {
        timer.state = 'fired';
        jobs.add(timer.action === 'introduce' ? 'intro' : 'timer', handoffId);
      }
      return due.length;
    },
    fired: async (handoffId) => {
      const timers = handoffs.get(handoffId)?.timers ?? [];
      return timers
        .flatMap(({ id, clock, action, step, run, dueAt, state }) =>
          state === 'fired' && action !== 'introduce'
            ? [{ id, handoffId, clock, action, step, run, dueAt }]
            : [],
        )
        .sort((a, b) => +a.dueAt - +b.dueAt || a.step - b.step);
    },
    firedIntros: async (handoffId) =>
      (handoffs.get(handoffId)?.timers ?? [])
        .filter(({ state, action }) => state === 'fired' && action === 'introduce')
        .map(({ id, run }) => ({ id, run })),
    done: async (id) => {
      const timer = [...handoffs.values()].flatMap(({ timers }) => timers).find((one) => one.id === id);
      if (timer?.state === 'fired') timer.state = 'done';
    },
    putBack: async (id) => {
      const timer = [...handoffs.values()].flatMap(({ timers }) => timers).find((one) => one.id === id);
      if (timer?.state === 'fired') timer.state = 'pending';
    },
    postpone: async (id, until) => {
      const timer = [...handoffs.values()].flatMap(({ timers }) => timers).find((one) => one.id === id);
      if (timer?.state === 'fired') Object.assign(timer, { state: 'pending', dueAt: until });
    },
  };
}
