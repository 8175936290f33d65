import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const own = fileURLToPath(new URL('..', import.meta.url));

/** The bot under measurement: this checkout, or with `BENCH_CHECKOUT` another, which is installed and generated. */
export const checkout = resolve(process.env['BENCH_CHECKOUT'] ?? own);

/** Whether modules of `src` that the bench imports are those that it measures. */
export const isOwnCheckout = checkout === resolve(own);

/** A file of the bot. */
export function inCheckout(path: string): string {
  const file = join(checkout, path);
  if (!existsSync(file)) throw new Error(`${file} does not exist: expected a checkout of the bot, installed`);
  return file;
}

/** What `npm start` gives Node besides the script. */
export function startArguments(): string[] {
  const { scripts } = JSON.parse(readFileSync(inCheckout('package.json'), 'utf8')) as {
    scripts: { start: string };
  };
  const [, ...words] = scripts.start.split(' ');
  return words.slice(0, -1);
}
