/** Ids come back to us on cards; one that somebody made up must not reach a column of type uuid. */
export function isUuid(id: string): boolean {
  return /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id);
}
