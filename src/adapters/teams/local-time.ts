/** The IANA zone of whoever reads; null when nobody in particular does, or nobody knows it. */
export type Zone = string | null;

/** A date with the day of the week for what is to come; one with its year for what has been; or the time alone. */
const forms = {
  time: { hour: 'numeric', minute: '2-digit' },
  due: { weekday: 'short', month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' },
  past: { year: 'numeric', month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' },
} as const;

/** Making one takes longer than drawing a card. */
const kept = new Map<string, Intl.DateTimeFormat>();

/**
 * A time as its reader's clock and language have it, in UTC and named so when nobody knows their zone. Teams' own `{{DATE()}}` and
 * `{{TIME()}}` are replaced in TextBlocks only, and nowhere in channels and on Android (microsoft/AdaptiveCards #6194,
 * msteams-docs #8030).
 */
export function localTime(at: Date, form: keyof typeof forms, zone: Zone, language = 'en'): string {
  const key = `${form} ${zone} ${language}`;
  const how = kept.get(key) ?? new Intl.DateTimeFormat(language, { ...forms[form], ...placeOf(zone) });
  kept.set(key, how);
  // Newer versions of Unicode have a narrow space before AM and PM, which some fonts draw as a box.
  return how.format(at).replaceAll('\u202f', ' ');
}

function placeOf(zone: Zone): Intl.DateTimeFormatOptions {
  return zone === null ? { timeZone: 'UTC', timeZoneName: 'short' } : { timeZone: zone };
}

/** What a client says of its zone, if it is one that can be written in. */
export function zoneOf(told: string | null | undefined): Zone {
  if (!told) return null;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: told }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}
