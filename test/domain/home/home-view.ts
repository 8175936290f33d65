import type { Handoff } from '../../../src/domain/handoff/handoff.ts';
import type { Home } from '../../../src/domain/home/home.ts';
import type { HomeFacts, OpenLead } from '../../../src/domain/home/home-facts.ts';
import type { HomeView } from '../../../src/domain/home/home-view.ts';
import { plain } from '../../../src/domain/words/line.ts';
import { wordsIn } from '../../../src/domain/words/words.ts';
import { account, ada, at, lead, names, policy } from '../../support/examples.ts';

/** Ada, at ten past ten on a Tuesday in New York, with nothing to do and some leads behind her. */
export function homeView({
  facts = {},
  ...override
}: Partial<Omit<HomeView, 'facts'>> & { facts?: Partial<HomeFacts> }): HomeView {
  return {
    reader: ada,
    policy: policy(),
    names,
    words: wordsIn('en'),
    inactive: new Set(),
    absences: new Map(),
    now: at('15:10'),
    facts: {
      ...{ open: [], closed: [], sleeping: 0, hadAny: true, past: [] },
      ...{ load: new Map(), credits: new Map(), turns: new Map() },
      ...facts,
    },
    ...override,
  };
}

/** An open handoff about somebody who is called so. */
export function about(name: string, handoff: Handoff): OpenLead {
  const subject = lead({ id: name, name, account: account({ name: `${name} Ltd` }) });
  return { handoff: { ...handoff, id: `handoff of ${name}`, leadId: name }, lead: subject };
}

/** A page as people read it: a line for each text, and for each row with its buttons. */
export function read({ title, sections, actions }: Home): string[] {
  const lines = sections.flatMap((section): string[] => {
    if (section.kind === 'text') return [[section.title, plain(section.text)].filter(Boolean).join(': ')];
    if (section.kind !== 'rows') return [];
    const rows = section.rows.map(({ text, detail = [], actions }) => {
      const buttons = actions.map(({ label }) => `[${label}]`);
      return ['-', plain(text), plain(detail) && `| ${plain(detail)}`, ...buttons].filter(Boolean).join(' ');
    });
    return [section.title ?? '', ...rows];
  });
  return [title, ...lines, actions.map(({ label }) => `[${label}]`).join(' ')];
}
