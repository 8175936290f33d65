/** Where a button with this label leads that only opens something; null where there is none. */
export function linkIn(face: unknown, label: string): string | null {
  if (typeof face !== 'object' || face === null) return null;
  const { url, title, text } = face as { url?: unknown; title?: unknown; text?: { text?: unknown } };
  if (typeof url === 'string' && (title === label || text?.text === label)) return url;
  for (const part of Object.values(face)) {
    const found = linkIn(part, label);
    if (found) return found;
  }
  return null;
}

export function nothingCalled(label: string, person: string): never {
  throw new Error(`${person} is offered no "${label}"`);
}
