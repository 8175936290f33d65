import { type MarketingReport, marketingReport } from '../../domain/past/marketing-report.ts';
import { marketingWeek } from '../../domain/past/marketing-week.ts';
import type { PersonId, Policy } from '../../domain/policy/policy.ts';
import { readsOf } from '../../domain/policy/who-reads-marketing.ts';
import { hoursOf } from '../../domain/policy/working-hours.ts';
import { type Compared, readPeriod } from '../../domain/time/reported-period.ts';
import type { Words } from '../../domain/words/words.ts';
import type { Reply } from '../ports/chat.ts';
import type { MarketingPast } from '../ports/marketing.ts';
import type { Clock } from '../ports/time.ts';

type Needs = { marketing: MarketingPast; policy: () => Policy; clock: Clock };

const usualPeriod = '7d';

/** What sales sent back to marketing, for those who may know. @param words which period, if they say one */
export async function sentBack(
  person: PersonId,
  words: readonly string[],
  speak: Words,
  needs: Needs,
): Promise<Reply | { wrong: string }> {
  const policy = needs.policy();
  const { marketing } = policy;
  if (!marketing) {
    return { wrong: speak.text('answers.sentBackNobody') };
  }
  const reads = readsOf(policy, person);
  if (reads === null) return { wrong: speak.text('answers.sentBackNotYou') };
  const [word = usualPeriod, ...more] = words;
  const compared = more.length === 0 ? readPeriod(word, marketing.zone, needs.clock()) : null;
  if (!compared) {
    return { wrong: speak.text('answers.sentBackPeriod', { said: words.join(' ') }) };
  }
  const teams = reads === 'everybody' ? null : reads;
  return replyOf(await reportOf(compared, { policy, zone: marketing.zone, teams }, needs));
}

export function replyOf({ title, headline, sections }: MarketingReport): Reply {
  return { title, sections: [{ kind: 'text', title: '', text: headline }, ...sections] };
}

/** What became of marketing's leads. @param of whose teams; null: everybody's */
export async function reportOf(
  compared: Compared,
  of: { policy: Policy; zone: string; teams: readonly string[] | null },
  { marketing }: Pick<Needs, 'marketing'>,
): Promise<MarketingReport> {
  const { policy, zone, teams } = of;
  const { period, before } = compared;
  const facts = await marketing.facts({ from: before.from, until: period.until });
  const theirs = teams ? facts.filter(({ team }) => team !== null && teams.includes(team)) : facts;
  const week = marketingWeek(theirs, compared, (rep) => hoursOf(policy, rep));
  return marketingReport(week, { policy, zone, paused: await marketing.paused(teams), whose: teams });
}
