import { line } from '../../domain/card/text.ts';

export const strangerLine = line`You are not among the people of this handoff policy. Nothing was changed.`;
export const goneLine = line`This handoff no longer exists. Nothing was changed.`;
