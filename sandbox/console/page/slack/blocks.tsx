import { Component, type ReactNode } from 'react';
import { type Block, Message } from 'slack-blocks-to-jsx';
import type { BlockState } from '../../protocol.ts';
import { useTheme } from '../use-theme.ts';
import { isElement } from './elements.ts';
import { Emoji } from './emoji.tsx';
import { isPlain, PlainBlock } from './plain-blocks.tsx';
import { slackDate } from './slack-date.ts';

export type Reader = {
  zone: string;
  now: number;
};

export type SlackUser = { id: string; name: string };

type BlocksProps = {
  blocks: readonly BlockState[];
  reader: Reader;
  /** Who may be mentioned. */
  users: readonly SlackUser[];
};

/** Slack's blocks, as Slack shows them to a reader. What the renderer cannot show is named. */
export function Blocks({ blocks, ...more }: BlocksProps) {
  return (
    <Fallback key={JSON.stringify(blocks)} what={blocks.map(({ type }) => type).join(', ')}>
      {blocks.map((block, index) => (
        // Blocks in a container need no id.
        <AnyBlock key={block.block_id ?? index} block={block} {...more} />
      ))}
    </Fallback>
  );
}

function AnyBlock({ block, ...more }: { block: BlockState } & Omit<BlocksProps, 'blocks'>) {
  if (block.type === 'container') return <Container block={block} {...more} />;
  return isPlain(block) ? <PlainBlock block={block} /> : <Rendered blocks={[block]} {...more} />;
}

/** Blocks under a title of their own, folded or not. */
function Container({ block, ...more }: { block: BlockState } & Omit<BlocksProps, 'blocks'>) {
  const { block_id, title, rich_text_title, subtitle, child_blocks, is_collapsible, default_collapsed } =
    block;
  const heading = (
    <>
      {isBlock(rich_text_title) ? (
        <Rendered blocks={[rich_text_title]} {...more} />
      ) : (
        <strong>{isElement(title) && String(title['text'])}</strong>
      )}
      {isElement(subtitle) && <small>{String(subtitle['text'])}</small>}
    </>
  );
  const children = (
    <Blocks blocks={Array.isArray(child_blocks) ? child_blocks.filter(isBlock) : []} {...more} />
  );
  return is_collapsible === true ? (
    <details className="block-container" id={block_id} open={default_collapsed !== true}>
      <summary>{heading}</summary>
      {children}
    </details>
  ) : (
    <section className="block-container" id={block_id}>
      {heading}
      {children}
    </section>
  );
}

function isBlock(value: unknown): value is BlockState {
  return isElement(value) && typeof value['type'] === 'string';
}

function Rendered({ blocks, reader, users }: BlocksProps) {
  return (
    <Message
      withoutWrapper
      theme={useTheme().shown}
      name="Lead Handoff"
      logo=""
      // The renderer's types describe the blocks as Slack documents them; Slack has checked that these are.
      blocks={blocks as unknown as Block[]}
      data={{
        users: users.map(({ id, name }) => ({ id, name, avatar: '' })),
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
