import type { Reason, Why } from '../../domain/words/reason.ts';

/** Why somebody is away who said so in chat. */
export const outOfOffice: Reason = { kind: 'outOfOffice' };

/** The same, also as earlier versions kept it. */
export function isOutOfOffice(why: Why): boolean {
  return typeof why === 'string' ? why === 'out of office' : why.kind === outOfOffice.kind;
}
