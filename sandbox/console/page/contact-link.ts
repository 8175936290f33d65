/** The contact that a link into HubSpot leads to. */
export function contactIn(url: string): string | null {
  return /\/record\/0-1\/(\d+)/.exec(url)?.[1] ?? null;
}
