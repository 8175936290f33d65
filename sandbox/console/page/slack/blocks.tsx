import { Component, type ReactNode } from 'react';
import { type Block, Message } from 'slack-blocks-to-jsx';
import type { BlockState, PersonState } from '../../protocol.ts';
import { isElement, textIn } from './elements.ts';
import { slackDate } from './slack-date.ts';

/** Drawn rather than written: not every machine has a font with emoji. */
const signs: Readonly<Record<string, string>> = {
  large_blue_circle: '#1d74d4',
  large_green_circle: '#1a8f5a',
  red_circle: '#d92d3a',
  white_check_mark: '#5d6673',
};

export type Reader = {
  zone: string;
  now: number;
};

type BlocksProps = {
  blocks: readonly BlockState[];
  reader: Reader;
  people: readonly PersonState[];
};

/** Slack's blocks, as Slack shows them to a reader. What the renderer cannot show is named. */
export function Blocks({ blocks, ...more }: BlocksProps) {
  return (
    <Fallback key={JSON.stringify(blocks)} what={blocks.map(({ type }) => type).join(', ')}>
      {runsOf(blocks).map((run) => {
        const [first] = run;
        const Run = first && isPlain(first) ? Plain : Rendered;
        return <Run key={first?.block_id} blocks={run} {...more} />;
      })}
    </Fallback>
  );
}

function Rendered({ blocks, reader, people }: BlocksProps) {
  return (
    <Message
      withoutWrapper
      theme="light"
      name="Lead Handoff"
      logo=""
      // The renderer's types describe the blocks as Slack documents them; Slack has checked that these are.
      blocks={blocks as unknown as Block[]}
      data={{
        users: people.flatMap(({ chats, name }) =>
          chats.slack === null ? [] : [{ id: chats.slack.userId, name, avatar: '' }],
        ),
        channels: [],
        user_groups: [],
      }}
      hooks={{
        date: ({ timestamp, format }) => slackDate(Number(timestamp) * 1000, format, reader),
        emoji: (emoji, parse) => <Emoji name={emoji.name} text={parse(emoji)} />,
      }}
    />
  );
}

/** Each block of plain text by itself, and what is between them. */
function runsOf(blocks: readonly BlockState[]): BlockState[][] {
  const runs: BlockState[][] = [];
  for (const block of blocks) {
    const last = runs.at(-1);
    if (last?.[0] === undefined || isPlain(block) || isPlain(last[0])) runs.push([block]);
    else last.push(block);
  }
  return runs;
}

function isPlain({ text }: BlockState): boolean {
  return isElement(text) && text['type'] === 'plain_text';
}

/** The renderer takes plain text for markup, so that a lead called `<!channel>` would become a mention. */
function Plain({ blocks: [block], ...more }: BlocksProps) {
  if (block === undefined) return null;
  if (block.type === 'header') {
    return (
      <h3 className="block-header" id={block.block_id}>
        {textIn(block)}
      </h3>
    );
  }
  const { accessory, block_id } = block;
  return (
    <div className="block-section">
      <p>{textIn(block)}</p>
      {isElement(accessory) && (
        <Rendered blocks={[{ type: 'actions', block_id, elements: [accessory] }]} {...more} />
      )}
    </div>
  );
}

function Emoji({ name, text }: { name: string; text: string }) {
  const colour = signs[name];
  const words = name.replaceAll('_', ' ');
  if (colour === undefined) {
    return (
      <span role="img" aria-label={words}>
        {text}
      </span>
    );
  }
  return (
    <svg className="sign" role="img" aria-label={words} viewBox="0 0 16 16">
      <title>{words}</title>
      <circle cx="8" cy="8" r="7" fill={colour} />
      {name === 'white_check_mark' && (
        <path d="m4.6 8.2 2.4 2.4 4.4-5" fill="none" stroke="#fff" strokeWidth="1.9" strokeLinecap="round" />
      )}
    </svg>
  );
}

/** Shows in place of what broke the renderer that something is missing. */
class Fallback extends Component<{ what: string; children: ReactNode }, { isBroken: boolean }> {
  override state = { isBroken: false };

  static getDerivedStateFromError(): { isBroken: boolean } {
    return { isBroken: true };
  }

  override render(): ReactNode {
    if (!this.state.isBroken) return this.props.children;
    return <p className="unshown">This page cannot show these blocks: {this.props.what}</p>;
  }
}
