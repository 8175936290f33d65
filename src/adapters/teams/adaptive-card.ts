import type { FormName } from '../../domain/card/form.ts';

/** As much of Adaptive Cards 1.5 as the bot writes. Version and elements are the newest that Teams documents for bots. */
export type AdaptiveCard = {
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json';
  type: 'AdaptiveCard';
  version: '1.5';
  fallbackText: string;
  speak: string;
  body: readonly CardElement[];
  refresh?: { action: ExecuteAction };
  msteams: { width: 'Full' };
};

export type CardElement =
  | TextElement
  | MarkdownElement
  | Container
  | ColumnSet
  | Table
  | BarChart
  | ActionSet
  | InputElement;

type Placed = {
  id?: string;
  isVisible?: false;
  spacing?: 'none' | 'small' | 'medium' | 'large';
  separator?: true;
};

/** Text without markdown: what a lead wrote stands in no other element. */
export type TextElement = Placed & { type: 'RichTextBlock'; inlines: readonly TextRun[] };

/** Text with markdown, for links that only text has: nothing that anybody wrote stands in it. */
export type MarkdownElement = Placed & { type: 'TextBlock'; text: string; wrap: true };

export type TextRun = TextStyle & { type: 'TextRun'; text: string; selectAction?: OpenUrlAction };

export type TextStyle = {
  size?: 'small' | 'medium' | 'large';
  weight?: 'bolder';
  color?: 'accent' | 'attention' | 'good' | 'warning';
  isSubtle?: true;
};

export type Container = Placed & {
  type: 'Container';
  items: readonly CardElement[];
  style?: 'emphasis' | 'warning';
};

export type ColumnSet = Placed & { type: 'ColumnSet'; columns: readonly Column[] };
type Column = { type: 'Column'; width: string; items: readonly CardElement[] };

export type Table = Placed & {
  type: 'Table';
  columns: readonly { width: number; horizontalCellContentAlignment?: 'right' }[];
  rows: readonly {
    type: 'TableRow';
    cells: readonly { type: 'TableCell'; items: readonly CardElement[] }[];
  }[];
  firstRowAsHeader: true;
  showGridLines: false;
};

/**
 * Bars in groups, or on top of each other: newer than 1.5, and known to Teams in its cards ("Charts in Adaptive Cards"). A
 * client that knows none shows what stands in for it.
 */
export type BarChart = Placed & {
  type: 'Chart.VerticalBar.Grouped';
  title: string;
  yAxisTitle: string;
  stacked: true;
  data: readonly { legend: string; values: readonly { x: string; y: number }[] }[];
  fallback: Table;
};

export type ActionSet = Placed & { type: 'ActionSet'; actions: readonly Action[] };

export type Action = ExecuteAction | OpenUrlAction | ToggleAction;

/**
 * What comes back with a pressed button: the handoff, and which message and which state of its card, or which bulletin,
 * the button stands on; and the person that it is about. Whoever presses can forge it: it says what is meant, never what is allowed.
 */
export type ActionData = { handoff: string } & (
  | { revision: number; attempt?: number; person?: string }
  | { bulletin: string }
);

/** The same from a form: with its name, the title of its lead's card, and what it asks. */
export type FormData = {
  handoff: string;
  revision: number;
  form: { name: FormName; about: string; asked: readonly string[] };
};

/** On which answer a button stands and which of its states, counted from when it was sent; or on which bulletin. */
export type Pressing = { answer: string; turn: number } | { bulletin: string };

/** The same from a button outside of a card: words, or a card's command and the words of the answer that it stands on. */
export type ReplyData = Pressing & ({ say: string } | { handoff: string; again?: string });

/** What any button brings back. */
export type Pressed = ActionData | FormData | ReplyData;

export type ExecuteAction = Mode & {
  type: 'Action.Execute';
  title: string;
  verb: string;
  data: Pressed;
  style?: 'positive';
  associatedInputs?: 'none';
  fallback?: SubmitAction;
};

type SubmitAction = Mode & {
  type: 'Action.Submit';
  title: string;
  data: Pressed & { verb: string };
  style?: 'positive';
  associatedInputs?: 'none';
};

/** `secondary`: behind the menu of its row. */
type Mode = { mode?: 'secondary' };

export type OpenUrlAction = Mode & { type: 'Action.OpenUrl'; title?: string; url: string };

export type ToggleAction = Mode & {
  type: 'Action.ToggleVisibility';
  title: string;
  targetElements: readonly string[];
};

type Input = Placed & {
  id: string;
  label: string;
  isRequired?: true;
  errorMessage?: string;
  placeholder?: string;
};

export type InputElement =
  | ChoiceSet
  | (Input & { type: 'Input.Text'; isMultiline: true; maxLength: number; value?: string })
  | (Input & { type: 'Input.Date'; min?: string; value?: string })
  | (Input & { type: 'Input.Time'; value?: string })
  | (Input & { type: 'Input.Number'; value?: number });

/** Several values stand in `value` with commas between them. */
export type ChoiceSet = Input & {
  type: 'Input.ChoiceSet';
  style: 'compact' | 'expanded' | 'filtered';
  isMultiSelect?: true;
  choices: readonly Choice[];
  /** Asks for more choices while somebody types: newer than 1.5, and known to Teams in its cards. */
  'choices.data'?: { type: 'Data.Query'; dataset: string };
  value?: string;
};

export type Choice = { title: string; value: string };
