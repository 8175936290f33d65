import type { Section } from '../../domain/card/card.ts';
import type { Reader } from '../../domain/measure/reader.ts';
import type { Line } from '../../domain/words/line.ts';
import type { Language, Words } from '../../domain/words/words.ts';

/** Somebody who looks at the dashboard: as whom, in which language, and by which clocks. */
export type Visit = { reader: Reader; words: Words; zone: string; name: string };

/** Who comes in. What is unknown, over or made up is null, all alike. */
export type Gate = {
  /** Begins a session by a link from chat, which is good no more. @returns its token, and for how many seconds it is good */
  enter(token: string): Promise<{ token: string; seconds: number } | null>;
  /** Who has a session, as the policy says now. */
  visit(session: string): Promise<Visit | null>;
  leave(session: string): Promise<void>;
  board(token: string): Promise<Visit | null>;
  /** Those that tell of what they may read, whoever made them. */
  boards(visit: Visit): Promise<Board[]>;
  /** @returns its address, which is told once; null when it would tell of more than they may read */
  makeBoard(visit: Visit, board: { team: string | null; days: number }): Promise<string | null>;
  revokeBoard(visit: Visit, id: string): Promise<void>;
  /** Of those of whom nobody knows who they are. */
  languageOfStrangers(): Language;
};

export type Board = { id: string; team: string | null; by: string; madeAt: Date; until: Date };

/** A page of the dashboard, with what of its query is another than on the page that leads there; null: it has none. */
export type Inside = { page: string; query: Readonly<Record<string, string | null>> };

/** `value`: as a file has it; left out, as it is shown. */
export type Cell = {
  shown: string | Line;
  value?: string | number | null;
  to?: Inside | { url: string };
  tone?: 'good' | 'bad' | 'quiet';
};

/** A number with what it was before; `definition`: where it is told what it means. */
export type Figure = {
  label: string;
  value: Cell;
  before: string | null;
  change: { text: string; tone: 'good' | 'bad' | 'quiet' } | null;
  definition: string;
};

/** `name`: that of its file. */
export type Table = {
  kind: 'table';
  name: string;
  title: string;
  columns: readonly { title: string; isNumber?: true }[];
  rows: readonly (readonly Cell[])[];
  empty: string;
  note?: string;
  /** Which part of a longer one it is, from 1. */
  pages?: { page: number; last: number };
};

/** Numbers drawn; they stand below it in a table as well. `unit`: of its values, of which a duration is in seconds. */
export type Chart = {
  kind: 'chart';
  title: string;
  form: 'bars' | 'lines' | 'stack';
  unit: 'count' | 'percent' | 'seconds';
  labels: readonly string[];
  series: readonly {
    name: string;
    values: readonly (number | null)[];
    /** Between which bounds each of them lies, where it is an estimate. */
    intervals?: readonly ({ low: number; high: number } | null)[];
  }[];
};

/** Days of the week side by side, hours below each other; `share` colours a cell. */
export type Grid = {
  kind: 'grid';
  name: string;
  title: string;
  columns: readonly string[];
  rows: readonly { title: string; cells: readonly (Cell & { share: number | null; isChosen: boolean })[] }[];
  note: string;
};

export type Block =
  | { kind: 'figures'; title: string; figures: readonly Figure[] }
  | Table
  | Chart
  | Grid
  | { kind: 'text'; title: string; text: Line }
  /** What is said in chats, too. */
  | { kind: 'sections'; title: string; sections: readonly Section[] }
  | { kind: 'search'; label: string; name: string; value: string; button: string }
  | { kind: 'terms'; terms: readonly { id: string; term: string; meaning: string }[] }
  /** Buttons that change something: each posts to an address of the dashboard. */
  | { kind: 'boards'; boards: readonly Board[]; teams: readonly (string | null)[] };

export type Choice = { value: string; label: string };

/** One way to narrow a page; `value` blank: everything. */
export type Filter = { name: string; label: string; value: string; choices: readonly Choice[] };

export type Shown =
  | {
      kind: 'page';
      name: string;
      title: string;
      /** The pages that they may open. */
      pages: readonly { name: string; title: string }[];
      filters: readonly Filter[];
      /** The days of a period of their own, blank when it is another. */
      days: { from: string; to: string } | null;
      /** What of the query stands on the next page, too, and all that was asked of this one. */
      query: Readonly<Record<string, string>>;
      asked: Readonly<Record<string, string>>;
      /** The period, and the one before; null where the page tells of now. */
      period: string | null;
      asOf: Date;
      blocks: readonly Block[];
      mayExport: boolean;
    }
  | { kind: 'wrong'; name: string; value: string; expected: string }
  | { kind: 'unknown' }
  | { kind: 'forbidden' };

/** The dashboard behind its addresses. */
export type Dashboard = {
  gate: Gate;
  show(visit: Visit, page: string, query: URLSearchParams): Promise<Shown>;
};
