import { type Fields, isFields, stringAt } from '../fields.ts';
import { type Arguments, jsonArgument, stringArgument } from './arguments.ts';
import { findMessageIssues } from './block-kit.ts';
import { type Refusal, refuse } from './method.ts';
import type { Metadata } from './wire.ts';

/** Longer text is truncated when it is posted, and refused when it replaces another. */
export const maxTextLength = 40_000;

/** Slack documents no sum, but refuses blocks whose JSON is longer than this (bolt-js issues 2509, 2867). */
const maxBlocksJsonLength = 13_200;

/** Slack documents `metadata_too_large` without a number; this one is ours. */
const maxMetadataBytes = 16_000;

type Content = {
  text: string;
  /** Null when the caller gave none. */
  blocks: unknown[] | null;
  /** Undefined when the caller gave none, null when the caller asked to remove it. */
  metadata: Metadata | null | undefined;
};

/** The text, blocks and metadata of a message, or why Slack would not take them. */
export function readContent(args: Arguments): { ok: true; content: Content } | Refusal {
  const blocks = args['blocks'] === undefined ? null : jsonArgument(args, 'blocks');
  if (blocks !== null && !(Array.isArray(blocks) && blocks.every(isFields))) {
    return refuse('invalid_blocks_format');
  }
  if (blocks !== null) {
    const issues = findMessageIssues(blocks);
    if (issues.length > 0) return refuse('invalid_blocks', issues);
    if (JSON.stringify(blocks).length > maxBlocksJsonLength) return refuse('msg_blocks_too_long');
  }

  let metadata: Metadata | null | undefined;
  if (args['metadata'] !== undefined) {
    const given = jsonArgument(args, 'metadata');
    if (!isFields(given)) return refuse('invalid_metadata_format');
    if (JSON.stringify(given).length > maxMetadataBytes) return refuse('metadata_too_large');
    const read = readMetadata(given);
    if (read === 'invalid') return refuse('invalid_metadata_format');
    metadata = read;
  }

  const text = stringArgument(args, 'text') ?? '';
  if (text === '' && (blocks === null || blocks.length === 0)) return refuse('no_text');
  return { ok: true, content: { text: text.slice(0, maxTextLength), blocks, metadata } };
}

function readMetadata(given: Fields): Metadata | null | 'invalid' {
  // "To remove previous metadata, include an empty object."
  if (Object.keys(given).length === 0) return null;
  const eventType = stringAt(given, 'event_type');
  const payload = given['event_payload'];
  if (eventType === null || eventType === '' || !isFields(payload)) return 'invalid';
  // With any other character Slack posts the message and loses the metadata (bolt-python issue 863).
  if (!/^[\w-]+$/.test(eventType)) return null;
  return { event_type: eventType, event_payload: payload };
}
