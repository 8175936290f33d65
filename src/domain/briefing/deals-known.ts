import type { Deal } from '../lead/lead.ts';
import { line } from '../words/line.ts';
import { type Fact, known, type Once, type Told } from './fact.ts';
import type { BriefingView } from './view.ts';

/** Deals with the lead or its company that are open, but for the one of this handoff: "Open deal 40 seats (Contract sent)". */
export function openDeals(view: BriefingView, once: Once): Told | null {
  const facts = known(
    dealsOf(view)
      .filter(isOpen)
      .map((deal) => once(factOf(deal, view))),
  );
  if (facts.length === 0) return null;
  const deals = line`${facts.map(({ value }) => value).join(', ')}`;
  return { line: view.words.line('briefing.openDeals', { deals, count: facts.length }), facts };
}

/** Deals that were won or lost. */
export function dealsBefore(view: BriefingView, once: Once): Fact[] {
  const over = dealsOf(view).filter((deal) => !isOpen(deal));
  return known(over.map((deal) => once(factOf(deal, view))));
}

function dealsOf({ lead, handoff }: BriefingView): Deal[] {
  return [...lead.deals, ...lead.accountDeals].filter(({ ours }) => ours?.handoffId !== handoff.id);
}

function isOpen({ wonAt, lostAt }: Deal): boolean {
  return !wonAt && !lostAt;
}

function factOf(deal: Deal, { words }: BriefingView): Fact {
  const { id, createdAt, wonAt, lostAt, stage } = deal;
  const name = deal.name ?? words.text('briefing.deal', { id });
  return {
    label: words.text(wonAt ? 'briefing.wonDeal' : lostAt ? 'briefing.lostDeal' : 'briefing.openDeal'),
    value: isOpen(deal) && stage ? words.text('briefing.dealIn', { name, stage }) : name,
    at: wonAt ?? lostAt ?? createdAt,
    source: { kind: 'deal', id },
  };
}
