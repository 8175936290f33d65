/** Far more than ever want the same row at once; beyond it something is wrong. */
const mostAttempts = 1_000;

/** Tries until nobody else was faster. */
export async function untilNobodyIsFaster<T>(attempt: () => Promise<{ done: T } | 'overtaken'>): Promise<T> {
  for (let tried = 0; tried < mostAttempts; tried += 1) {
    const answer = await attempt();
    if (answer !== 'overtaken') return answer.done;
  }
  throw new Error(`Somebody else was faster ${mostAttempts} times: expected to have a turn by then.`);
}
