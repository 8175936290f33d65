import { Temporal } from 'temporal-polyfill';
import { comparable } from '../policy/compare-words.ts';
import { isZone } from './calendar.ts';

/** Where somebody is, as far as HubSpot tells. */
export type Place = {
  /** HubSpot's `hs_timezone`: `america_slash_new_york`. */
  zone: string | null;
  /** A country's English name or its code, and a state's likewise. */
  country: string | null;
  state: string | null;
};

/**
 * The time zone of a place: the one that HubSpot has, else that of the state or country if everybody there has the same
 * time; null where that is not certain.
 */
export function zoneOfPlace({ zone, country, state }: Place, at: Date): string | null {
  const named = zone?.replaceAll('_slash_', '/').replaceAll('_hyphen_', '-');
  if (named && isZone(named))
    return new Intl.DateTimeFormat('en', { timeZone: named }).resolvedOptions().timeZone;
  const code = country && codeOfCountry(country);
  if (!code) return null;
  const inState = state && zonesOfStates.get(code)?.get(comparable(state));
  if (inState) return inState;
  const zones = new Intl.Locale(`und-${code}`).getTimeZones() ?? [];
  const offsets = new Set(zones.map((one) => offsetIn(one, at)));
  return offsets.size === 1 ? (zones[0] ?? null) : null;
}

function offsetIn(zone: string, at: Date): number {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone).offsetNanoseconds;
}

/** What people and HubSpot write besides the names that Unicode knows. */
const otherNames: readonly (readonly [string, string])[] = [
  ['usa', 'US'],
  ['uk', 'GB'],
  ['great britain', 'GB'],
  ['holland', 'NL'],
  ['czech republic', 'CZ'],
];

function codeOfCountry(name: string): string | null {
  codes ??= countryCodes();
  return codes.get(comparable(name)) ?? null;
}

/** Worked out once, when somebody asks. */
let codes: ReadonlyMap<string, string> | null = null;

function countryCodes(): ReadonlyMap<string, string> {
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const known = letters
    .flatMap((first) => letters.map((second) => first + second))
    .flatMap((code): [string, string][] => {
      const name = names.of(code);
      return name
        ? [
            [comparable(name), code],
            [comparable(code), code],
          ]
        : [];
    });
  return new Map([...known, ...otherNames]);
}

/** The states of countries with several zones that have one zone to themselves, by code and name (tz database). */
const statesByZone: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>> = {
  US: {
    'America/New_York': {
      CT: 'Connecticut',
      DE: 'Delaware',
      DC: 'District of Columbia',
      GA: 'Georgia',
      ME: 'Maine',
      MD: 'Maryland',
      MA: 'Massachusetts',
      NH: 'New Hampshire',
      NJ: 'New Jersey',
      NY: 'New York',
      NC: 'North Carolina',
      OH: 'Ohio',
      PA: 'Pennsylvania',
      RI: 'Rhode Island',
      SC: 'South Carolina',
      VT: 'Vermont',
      VA: 'Virginia',
      WV: 'West Virginia',
    },
    'America/Chicago': {
      AL: 'Alabama',
      AR: 'Arkansas',
      IL: 'Illinois',
      IA: 'Iowa',
      LA: 'Louisiana',
      MN: 'Minnesota',
      MS: 'Mississippi',
      MO: 'Missouri',
      OK: 'Oklahoma',
      WI: 'Wisconsin',
    },
    'America/Denver': { CO: 'Colorado', MT: 'Montana', NM: 'New Mexico', UT: 'Utah', WY: 'Wyoming' },
    'America/Los_Angeles': { CA: 'California', WA: 'Washington' },
    'Pacific/Honolulu': { HI: 'Hawaii' },
  },
  CA: {
    'America/Edmonton': { AB: 'Alberta' },
    'America/Winnipeg': { MB: 'Manitoba' },
    'America/Halifax': { NB: 'New Brunswick', NS: 'Nova Scotia', PE: 'Prince Edward Island' },
    'America/Whitehorse': { YT: 'Yukon' },
  },
  AU: {
    'Australia/Sydney': { ACT: 'Australian Capital Territory' },
    'Australia/Melbourne': { VIC: 'Victoria' },
    'Australia/Hobart': { TAS: 'Tasmania' },
    'Australia/Brisbane': { QLD: 'Queensland' },
    'Australia/Adelaide': { SA: 'South Australia' },
    'Australia/Darwin': { NT: 'Northern Territory' },
  },
};

const zonesOfStates: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map(
  Object.entries(statesByZone).map(([country, zones]) => {
    const states = Object.entries(zones).flatMap(([zone, named]) =>
      Object.entries(named).flatMap(([code, name]): [string, string][] => [
        [comparable(code), zone],
        [comparable(name), zone],
      ]),
    );
    return [country, new Map(states)];
  }),
);
