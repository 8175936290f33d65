import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const text = readFileSync(new URL('dashboard.css', import.meta.url), 'utf8');

/** The only stylesheet; its name changes with what is in it, so that it may be kept for ever. */
export const stylesheet = {
  text,
  name: `${createHash('sha256').update(text).digest('hex').slice(0, 16)}.css`,
};
