import type { Page } from '../dashboard/page.ts';
import { board } from './board.ts';
import { boards } from './boards.ts';
import { decisions } from './decisions.ts';
import { definitions } from './definitions.ts';
import { funnel } from './funnel.ts';
import { handoffs } from './handoffs.ts';
import { live } from './live.ts';
import { minutes } from './minutes.ts';
import { outcome } from './outcome.ts';
import { overview } from './overview.ts';
import { reasons } from './reasons.ts';
import { recycled } from './recycled.ts';
import { reps } from './reps.ts';
import { sla } from './sla.ts';
import { sources } from './sources.ts';
import { speed } from './speed.ts';
import { suppressions } from './suppressions.ts';

/** Every page, in the order in which they are offered. */
export const pages = {
  overview,
  live,
  speed,
  outcome,
  sla,
  funnel,
  minutes,
  reasons,
  reps,
  sources,
  handoffs,
  decisions,
  suppressions,
  recycled,
  definitions,
  boards,
  board,
} as const satisfies Record<string, Page>;

export type PageName = keyof typeof pages;

export function isPage(name: string): name is PageName {
  return Object.hasOwn(pages, name);
}
