import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

export type SignatureVersion = 'v3' | 'v2' | 'v1';

/** A request as it came in. */
export type SignedRequest = {
  method: string;
  /** The public one, as HubSpot knows it: PUBLIC_URL and the path. Never made up from the Host header. */
  url: string;
  body: Buffer;
  /** By lower-case name. */
  headers: Readonly<Record<string, string | string[] | undefined>>;
};

/** What to answer to a request that is turned away: nothing that helps a stranger; `reason` is for the log,
 * one of a few. */
export type Rejection = { status: 400 | 401 | 415; answer: string; reason: string };

const toleranceMs = 5 * 60_000;

/**
 * Whether HubSpot sent the request, and now: null when it did, else what to answer. Versions 2 and 1 sign no time, so
 * that an old request can be sent again; they count only if `accept` names them and the request has no signature of
 * version 3 that counts.
 */
export function verifySignature(
  request: SignedRequest,
  options: { clientSecret: string; now: Date; accept?: readonly SignatureVersion[] },
): Rejection | null {
  const { accept = ['v3'], clientSecret, now } = options;
  const version = versionOf(request, accept);
  if (version === null || !accept.includes(version)) {
    return unauthorized(`no signature of version ${accept.join(' or ')}`);
  }
  if (version === 'v3') {
    const timestamp = headerOf(request, 'x-hubspot-request-timestamp');
    if (timestamp === null || !/^\d+$/.test(timestamp)) return unauthorized('no request timestamp');
    const age = now.getTime() - Number(timestamp);
    if (age > toleranceMs) return unauthorized('signed more than 5 minutes ago');
    if (age < -toleranceMs) return unauthorized('signed more than 5 minutes in the future');
    const v3 = headerOf(request, 'x-hubspot-signature-v3') ?? '';
    return isSame(v3, signV3(request, timestamp, clientSecret))
      ? null
      : unauthorized('wrong v3 signature: check HUBSPOT_CLIENT_SECRET and PUBLIC_URL');
  }
  const given = headerOf(request, 'x-hubspot-signature') ?? '';
  return isSame(given, signWithoutTime(version, request, clientSecret))
    ? null
    : unauthorized(`wrong ${version} signature`);
}

/** In which header a signature of a version stands. */
export function headerOfVersion(version: SignatureVersion): string {
  return version === 'v3' ? 'x-hubspot-signature-v3' : 'x-hubspot-signature';
}

/**
 * In which version the request says it is signed; null when in none. HubSpot sends an older signature along with one of
 * version 3, which counts alone where it is accepted.
 */
export function versionOf(
  request: SignedRequest,
  accept: readonly SignatureVersion[],
): SignatureVersion | null {
  const isV3 = headerOf(request, 'x-hubspot-signature-v3') !== null;
  const older = headerOf(request, 'x-hubspot-signature-version');
  const named = older === 'v2' || older === 'v1' ? older : null;
  if (isV3 && (accept.includes('v3') || named === null || !accept.includes(named))) return 'v3';
  return named;
}

function signV3({ method, url, body }: SignedRequest, timestamp: string, secret: string): string {
  const signed = createHmac('sha256', secret).update(method + decodeAsSigned(url));
  return signed.update(body).update(timestamp).digest('base64');
}

function signWithoutTime(version: 'v2' | 'v1', { method, url, body }: SignedRequest, secret: string): string {
  const signed = createHash('sha256').update(version === 'v2' ? secret + method + url : secret);
  return signed.update(body).digest('hex');
}

const decoded: Readonly<Record<string, string>> = {
  '%3A': ':',
  '%2F': '/',
  '%3F': '?',
  '%40': '@',
  '%21': '!',
  '%24': '$',
  '%27': "'",
  '%28': '(',
  '%29': ')',
  '%2A': '*',
  '%2C': ',',
  '%3B': ';',
};

/** HubSpot decodes these twelve before it signs, and no others. */
export function decodeAsSigned(url: string): string {
  return url.replaceAll(/%[0-9A-F]{2}/gi, (code) => decoded[code.toUpperCase()] ?? code);
}

/** A header of which there is one. */
export function headerOf({ headers }: SignedRequest, name: string): string | null {
  const value = headers[name];
  return typeof value === 'string' ? value : null;
}

/** Takes as long for a near miss as for a far one. */
function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

export function unauthorized(reason: string): Rejection {
  return { status: 401, answer: 'unauthorized', reason };
}
