/** Lower-case and each once, as far as they are addresses. */
export function emailsIn(...names: readonly (string | null | undefined)[]): string[] {
  const emails = names.flatMap((name) => (name?.includes('@') ? [name.toLowerCase()] : []));
  return [...new Set(emails)];
}
