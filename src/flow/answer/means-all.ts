import { folded, meaningsOf } from '../../domain/words/typed.ts';

const meanings = meaningsOf(['all']);

/** Whether somebody says "all", in any language. */
export function meansAll(said: string): boolean {
  return meanings.has(folded(said));
}
