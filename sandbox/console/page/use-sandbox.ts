import { useCallback, useEffect, useState } from 'react';
import type { Act, ConsoleState, Outcome } from '../protocol.ts';

export type Connection = {
  state: ConsoleState | null;
  /** False while the sandbox does not answer. */
  isConnected: boolean;
};

/** The sandbox's state, always the newest. */
export function useSandbox(): Connection {
  const [state, setState] = useState<ConsoleState | null>(null);
  const [isConnected, setConnected] = useState(true);
  useEffect(() => {
    const source = new EventSource('/events');
    let run: number | null = null;
    source.onmessage = (event) => {
      const next: ConsoleState = JSON.parse(event.data);
      // What the page remembers is of a sandbox that is no more.
      if (run !== null && run !== next.run) location.reload();
      run = next.run;
      setState(next);
      setConnected(true);
    };
    source.onerror = () => setConnected(false);
    return () => source.close();
  }, []);
  return { state, isConnected };
}

export type Perform = (act: Act) => Promise<Outcome>;

/** Does something in the sandbox; `onProblem` hears what the person should know. */
export function usePerform(onProblem: (problem: string) => void): Perform {
  return useCallback(
    async (act) => {
      const outcome = await send(act);
      if (outcome.problem !== null) onProblem(outcome.problem);
      return outcome;
    },
    [onProblem],
  );
}

async function send(act: Act): Promise<Outcome> {
  try {
    const response = await fetch('/acts', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(act),
    });
    if (response.ok) return await response.json();
    return { ok: false, problem: `The sandbox answered HTTP ${response.status}.`, errors: {}, note: null };
  } catch {
    return {
      ok: false,
      problem: 'The sandbox does not answer. Is it still running?',
      errors: {},
      note: null,
    };
  }
}

/** The sandbox's time, ticking; a full second at a time. */
export function useNow(now: number): number {
  const [ticking, setTicking] = useState(now);
  useEffect(() => {
    const aheadMs = now - Date.now();
    setTicking(now);
    const timer = setInterval(() => setTicking(Date.now() + aheadMs), 1000);
    return () => clearInterval(timer);
  }, [now]);
  return ticking;
}
