/** What the next calls of a method shall meet instead of Slack at its best. */
export type Fault = {
  /** A method's name, `response_url`, or `*` for whatever comes. */
  method: string;
  /** An HTTP status other than 200. */
  status?: number;
  /** An `ok: false` answer with this code. */
  error?: string;
  /** What a proxy in between answers with HTTP 200, as HTML; Slack never hears of the call. */
  html?: string;
  /** Never answers. */
  hang?: boolean;
  /** Does what was asked, then drops the connection: the caller cannot know whether it worked. */
  dropAfterEffect?: boolean;
  /** Does what was asked, and never says so. */
  hangAfterEffect?: boolean;
  /** Seconds, sent as `Retry-After`. */
  retryAfter?: number;
  /** How many calls; one unless given. */
  times?: number;
};

export function createFaults() {
  const pending: (Fault & { times: number })[] = [];
  return {
    failNext(fault: Fault): void {
      pending.push({ ...fault, times: fault.times ?? 1 });
    },
    /** The fault for this call, if one was asked for; it then counts as met. */
    take(method: string): Fault | null {
      const index = pending.findIndex((fault) => fault.method === method || fault.method === '*');
      const fault = pending[index];
      if (fault === undefined) return null;
      fault.times -= 1;
      if (fault.times <= 0) pending.splice(index, 1);
      return fault;
    },
  };
}
