import { generateKeyPairSync, sign } from 'node:crypto';

/** A certificate of nobody's authority but its own, for a server of this name. */
export function selfSigned(host: string): { cert: string; key: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = sequence(set(sequence(oid('550403'), node(0x0c, Buffer.from('test')))));
  const contents = sequence(
    node(0xa0, integer(2)),
    integer(1),
    ecdsaWithSha256,
    name,
    sequence(utcTime('200101000000Z'), utcTime('491231235959Z')),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    node(0xa3, sequence(sequence(oid('551d11'), node(0x04, sequence(node(0x82, Buffer.from(host))))))),
  );
  const signature = sign('sha256', contents, privateKey);
  const der = sequence(contents, ecdsaWithSha256, node(0x03, Buffer.from([0]), signature));
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return {
    cert: ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n'),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

/** Of ASN.1, in DER: https://www.rfc-editor.org/rfc/rfc5280#section-4.1 */
function node(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const head = length < 0x80 ? [tag, length] : [tag, 0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(head), content]);
}

const sequence = (...parts: Buffer[]) => node(0x30, ...parts);
const set = (...parts: Buffer[]) => node(0x31, ...parts);
const oid = (hex: string) => node(0x06, Buffer.from(hex, 'hex'));
const integer = (value: number) => node(0x02, Buffer.from([value]));
const utcTime = (text: string) => node(0x17, Buffer.from(text));
const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'));
