import { type Fields, isFields, stringAt } from '../fields.ts';
import { type AdaptiveCardJson, findCardIssues, maxCardBytes } from './adaptive-card.ts';
import { parseJson } from './parse-json.ts';
import { reject } from './rejection.ts';
import type { Content } from './tenant.ts';

const cardType = 'application/vnd.microsoft.card.adaptive';

/** The activity, or whatever else an object describes, in the body of a request. */
export function readActivity(body: string): Fields {
  const bytes = Buffer.byteLength(body);
  if (bytes > maxCardBytes) {
    throw reject(
      413,
      'MessageSizeTooBig',
      `The message has ${bytes} bytes: expected at most ${maxCardBytes}.`,
    );
  }
  const activity = parseJson(body);
  if (!isFields(activity)) throw reject(400, 'BadSyntax', 'The body is not a JSON object: expected one.');
  return activity;
}

/**
 * The messages that an activity becomes: Teams shows its text and each of its cards in a message of their
 * own.
 */
export function readContents(activity: Fields): Content[] {
  const type = stringAt(activity, 'type');
  if (type !== 'message') throw reject(400, 'BadArgument', `Activity type "${type}": expected "message".`);
  const attachments = activity['attachments'] ?? [];
  if (!Array.isArray(attachments)) throw reject(400, 'BadSyntax', '/attachments: expected a list.');

  const text = stringAt(activity, 'text') ?? '';
  const summary = stringAt(activity, 'summary');
  const cards = attachments.map((attachment, index) => readCard(attachment, `/attachments/${index}`));
  if (text === '' && cards.length === 0) {
    throw reject(400, 'BadSyntax', 'The activity is empty: expected a text or an attachment.');
  }
  return [
    ...(text === '' ? [] : [{ text, summary, card: null }]),
    ...cards.map((card) => ({ text: '', summary, card })),
  ];
}

function readCard(attachment: unknown, place: string): AdaptiveCardJson {
  const contentType = isFields(attachment) ? attachment['contentType'] : undefined;
  if (!isFields(attachment) || contentType !== cardType) {
    throw reject(400, 'BadArgument', `${place}/contentType: "${contentType}": expected "${cardType}".`);
  }
  const issues = findCardIssues(attachment['content']);
  if (issues.length > 0) {
    const named = issues.map((issue) => `${place}/content${issue}`);
    throw reject(400, 'BadArgument', `The card is not valid: ${named.join('; ')}.`);
  }
  return attachment['content'] as AdaptiveCardJson;
}
