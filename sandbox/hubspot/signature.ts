import { createHash, createHmac } from 'node:crypto';

// What HubSpot decodes in the URI before it signs; every other escape stays as it is.
const decodedEscapes: Readonly<Record<string, string>> = {
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

/** What a signature is computed from. */
export type SignedRequest = {
  secret: string;
  method: string;
  /** The full target URL, as it was configured in HubSpot. */
  uri: string;
  body: string;
};

/** `X-HubSpot-Signature-v3`: HMAC-SHA256 over method + URI + body + timestamp (ms), in base64. */
export function signV3({ secret, method, uri, body }: SignedRequest, timestamp: number): string {
  const decoded = uri.replaceAll(/%[0-9A-F]{2}/gi, (code) => decodedEscapes[code.toUpperCase()] ?? code);
  return createHmac('sha256', secret).update(`${method}${decoded}${body}${timestamp}`).digest('base64');
}

/** `X-HubSpot-Signature`, version v2, of workflow actions: SHA-256 over secret + method + URI + body, in hex. */
function signV2({ secret, method, uri, body }: SignedRequest): string {
  return createHash('sha256').update(`${secret}${method}${uri}${body}`).digest('hex');
}

/** `X-HubSpot-Signature`, version v1, of CRM subscriptions: SHA-256 over secret + body, in hex. */
function signV1({ secret, body }: SignedRequest): string {
  return createHash('sha256').update(`${secret}${body}`).digest('hex');
}

/** HubSpot's three signature versions, and two that an app has to refuse. */
export type SignatureKind = 'v3' | 'v2' | 'v1' | 'none' | 'forged';

/** The headers of a webhook; `forged` is a well-formed v3 signature by someone without the secret. */
export function signatureHeaders(
  kind: SignatureKind,
  request: SignedRequest,
  timestamp: number,
): Record<string, string> {
  switch (kind) {
    case 'v3':
      return {
        'X-HubSpot-Request-Timestamp': String(timestamp),
        'X-HubSpot-Signature-v3': signV3(request, timestamp),
        // HubSpot sends the old signature alongside.
        ...signatureHeaders('v1', request, timestamp),
      };
    case 'v2':
      return { 'X-HubSpot-Signature': signV2(request), 'X-HubSpot-Signature-Version': 'v2' };
    case 'v1':
      return { 'X-HubSpot-Signature': signV1(request), 'X-HubSpot-Signature-Version': 'v1' };
    case 'forged':
      return signatureHeaders('v3', { ...request, secret: `not ${request.secret}` }, timestamp);
    case 'none':
      return {};
  }
}
