import { readerOf } from '../../domain/measure/reader.ts';
import type { PersonId } from '../../domain/policy/policy.ts';
import type { Words } from '../../domain/words/words.ts';
import { type GateNeeds, linkFor } from '../dashboard/gate.ts';
import { inactiveOf } from '../people/people.ts';
import type { Reply } from '../ports/chat.ts';
import { said } from './said.ts';

/** A link into the dashboard, for those who may read something there. */
export async function dashboard(person: PersonId, words: Words, needs: GateNeeds): Promise<Reply> {
  const title = words.text('dashboard.linkTitle');
  const reader = readerOf(needs.policy(), person, inactiveOf(await needs.directory.people()));
  if (!reader) return said(title, words.line('dashboard.linkNotYours'));
  const url = await linkFor(person, needs);
  return said(title, words.line('dashboard.linkText'), [
    { kind: 'link', url, label: words.text('dashboard.open') },
  ]);
}
