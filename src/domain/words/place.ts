/** The city that a zone is named after: zones have no other name that everybody knows. */
export function placeIn(zone: string): string {
  return zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ');
}
