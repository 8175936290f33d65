import { createHmac, type KeyObject, sign, verify } from 'node:crypto';
import { type Fields, isFields } from '../fields.ts';
import { parseJson } from './parse-json.ts';

/** How a token is signed: `HS256` is for the attack that takes a public key for a shared secret. */
export type Signing =
  | { readonly algorithm: 'RS256'; readonly key: KeyObject }
  | { readonly algorithm: 'HS256'; readonly secret: string }
  | { readonly algorithm: 'none' };

/** A JSON web token in its compact form. */
export function encodeJwt(keyId: string, claims: Fields, signing: Signing): string {
  const header = { typ: 'JWT', alg: signing.algorithm, kid: keyId, x5t: keyId };
  const signed = [header, claims].map((part) => base64url(JSON.stringify(part))).join('.');
  return `${signed}.${signatureOf(signed, signing)}`;
}

/** The claims of a token with a right RS256 signature, whatever they say; null for anything else. */
export function readJwt(token: string, publicKey: KeyObject): Fields | null {
  const [header = '', payload = '', signature = '', ...more] = token.split('.');
  if (more.length > 0) return null;
  const head = parseJson(Buffer.from(header, 'base64url').toString());
  if (!isFields(head) || head['alg'] !== 'RS256') return null;
  const bytes = Buffer.from(signature, 'base64url');
  if (!verify('sha256', Buffer.from(`${header}.${payload}`), publicKey, bytes)) return null;
  const claims = parseJson(Buffer.from(payload, 'base64url').toString());
  return isFields(claims) ? claims : null;
}

function signatureOf(signed: string, signing: Signing): string {
  switch (signing.algorithm) {
    case 'RS256':
      return sign('sha256', Buffer.from(signed), signing.key).toString('base64url');
    case 'HS256':
      return createHmac('sha256', signing.secret).update(signed).digest('base64url');
    case 'none':
      return '';
  }
}

function base64url(text: string): string {
  return Buffer.from(text).toString('base64url');
}
