import { labelOf } from '../lead/label.ts';
import { joined, line, oneLine } from '../words/line.ts';
import { type Fact, known, type Once, property, type Told } from './fact.ts';
import type { BriefingView } from './view.ts';

type View = Pick<BriefingView, 'lead' | 'words'>;

/** Of a title or a place nobody reads more at a glance. */
const partLength = 60;

/** What the lead is: "VP Revenue Operations · Trucking, 640 people · Illinois"; null when nobody knows. */
export function whatTheyAre(view: View, once: Once): Told | null {
  const { lead, words } = view;
  const { account } = lead;
  const industry = account?.industry && labelOf(lead, 'industry', account.industry);
  const size = account?.employees && words.text('briefing.people', { count: account.employees });
  const company = [
    property('company', 'industry', words.text('briefing.industry'), industry || null),
    property('company', 'numberofemployees', words.text('briefing.size'), size || null),
  ];
  const groups = [[roleOf(view)], company, [placeOf(view)]].map((facts) => known(facts.map(once)));
  const parts = groups.filter((facts) => facts.length > 0);
  if (parts.length === 0) return null;
  const texts = parts.map(
    (facts) => line`${facts.map(({ value }) => oneLine(value, partLength)).join(', ')}`,
  );
  return { line: joined(texts, ' · '), facts: parts.flat() };
}

/** Their title, or else how senior they are. */
function roleOf({ lead, words }: View): Fact | null {
  const { jobTitle, seniority } = lead;
  const label = words.text('briefing.role');
  return (
    property('contact', 'jobtitle', label, jobTitle) ??
    property('contact', 'hs_seniority', label, seniority && labelOf(lead, 'seniority', seniority))
  );
}

/** The lead's own place, or else the company's: the city with its state, or with its country where there is none. */
function placeOf({ lead, words }: View): Fact | null {
  const isOwn = Boolean(lead.city ?? lead.state ?? lead.country);
  const { city, state, country } = (isOwn ? lead : lead.account) ?? {
    city: null,
    state: null,
    country: null,
  };
  const value = [city, state ?? country].filter(Boolean).join(', ');
  const name = city ? 'city' : state ? 'state' : 'country';
  return property(isOwn ? 'contact' : 'company', name, words.text('briefing.place'), value);
}
