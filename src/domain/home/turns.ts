import type { Section } from '../card/card.ts';
import type { PersonId, Team } from '../policy/policy.ts';
import { unavailable } from '../routing/availability.ts';
import { type Candidate, type Credits, takeTurn } from '../routing/rotation.ts';
import { joined, type Line, person } from '../words/line.ts';
import type { HomeView } from './home-view.ts';

/**
 * Whose turn is next in a team, and how those of the last week were shared; null where nobody shares any.
 */
export function turnsSection(team: Team, view: HomeView): Section | null {
  const sharing = team.members.filter(({ weight, active }) => active && weight > 0);
  if (sharing.length < 2) return null;
  return {
    kind: 'text',
    title: view.words.text('home.turnsTitle', { team: team.name }),
    text: joined([nextTurn(sharing, team, view), shares(sharing, team, view)], ' · '),
  };
}

/** As things stand: who comes and goes meanwhile is not foreseen. */
function nextTurn(sharing: Team['members'], { name }: Team, view: HomeView): Line {
  const { reader, words, names, facts, inactive, absences, now } = view;
  const availability = { inactive, absences, load: facts.load };
  const candidates = sharing.filter((member) => !unavailable(member, availability, now));
  const winners = nextWinners(candidates, facts.credits.get(name) ?? new Map());
  const [first] = winners;
  if (first === undefined) return words.line('home.nextTurnNobody');
  if (first === reader) return words.line('home.nextTurnYou');
  const place = winners.indexOf(reader);
  if (place === -1) return words.line('home.nextTurnOther', { who: person(first, names) });
  const before = [...new Set(winners.slice(0, place))].map((id): Line => [person(id, names)]);
  return words.line('home.nextTurnAfter', { who: words.lines(before) });
}

/** Whoever has any share to speak of comes once in so many turns. */
const turnsForeseen = 20;

function nextWinners(candidates: readonly Candidate[], credits: Credits): PersonId[] {
  const winners: PersonId[] = [];
  let after = credits;
  while (winners.length < turnsForeseen) {
    const turn = takeTurn(candidates, after);
    if (!turn) break;
    winners.push(turn.winner);
    after = turn.credits;
  }
  return winners;
}

function shares(sharing: Team['members'], { name }: Team, { words, names, facts }: HomeView): Line {
  const total = sharing.reduce((sum, { weight }) => sum + weight, 0);
  const taken = facts.turns.get(name);
  const each = sharing.map(({ id, weight }) => {
    const percent = `${Math.round((weight / total) * 100)} %`;
    return words.line('home.share', { who: names.get(id) ?? id, percent, turns: taken?.get(id) ?? 0 });
  });
  return words.line('home.shares', { shares: joined(each, ', ') });
}
