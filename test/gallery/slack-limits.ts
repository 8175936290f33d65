/**
 * What Slack's reference says of blocks, apart from the sandbox's own checks and read anew: a second witness of what is
 * sent. Its pages, one for each block, element and composition object: docs.slack.dev/reference/block-kit.
 */
type Node = Readonly<Record<string, unknown>>;

/** Lists by the object that holds them. */
const mostItems: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  actions: { elements: 25 },
  context: { elements: 10 },
  section: { fields: 10 },
  container: { child_blocks: 10 },
  overflow: { options: 5 },
  static_select: { options: 100 },
  checkboxes: { options: 10 },
  radio_buttons: { options: 10 },
  card: { actions: 3 },
};

/** Characters of a text by the field that it stands in, and of what. */
const longestText: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  header: { text: 150 },
  section: { text: 3000, fields: 2000, accessory: Number.POSITIVE_INFINITY },
  button: { text: 75 },
  container: { title: 150, subtitle: 150 },
  context: { elements: 3000 },
  option: { text: 75, description: 75 },
};

const longestString: Readonly<Record<string, number>> = {
  block_id: 255,
  action_id: 255,
  accessibility_label: 75,
  url: 3000,
  value: 2000,
};

/** Messages take fifty blocks; `msg_blocks_too_long` comes at some 13,000 characters, as slackapi/bolt-js #2509 tells. */
export function slackProblems(blocks: readonly unknown[]): string[] {
  const ids = blocks.map((block) => (isNode(block) ? block['block_id'] : undefined)).filter(Boolean);
  return [
    ...(blocks.length > 50 ? [`${blocks.length} blocks`] : []),
    ...(JSON.stringify(blocks).length > 13_000 ? ['more than 13,000 characters'] : []),
    ...(new Set(ids).size < ids.length ? ['a block_id twice'] : []),
    ...(primaries(blocks) > 1 ? ['more than one primary button'] : []),
    ...blocks.flatMap((block, index) => problemsIn(block, `${index}`)),
  ];
}

function problemsIn(node: unknown, place: string, within = ''): string[] {
  if (Array.isArray(node)) return node.flatMap((one, index) => problemsIn(one, `${place}/${index}`, within));
  if (!isNode(node)) return [];
  const type = typeof node['type'] === 'string' ? node['type'] : within === 'options' ? 'option' : '';
  return Object.entries(node).flatMap(([name, value]): string[] => {
    const here = `${place}/${name}`;
    const inner = problemsIn(value, here, name);
    if (Array.isArray(value)) {
      const most = mostItems[type]?.[name];
      const texts = value.filter(isText).map(({ text }) => String(text));
      const longest = longestText[type]?.[name] ?? Number.POSITIVE_INFINITY;
      return [
        ...inner,
        ...(value.length === 0 && most !== undefined ? [`${here}: empty`] : []),
        ...(most !== undefined && value.length > most ? [`${here}: ${value.length} items`] : []),
        ...(texts.some((text) => text.length > longest || text === '') ? [`${here}: a text's length`] : []),
      ];
    }
    if (isText(value)) {
      const length = String(value['text']).length;
      const longest = longestText[type]?.[name] ?? 3000;
      return [...inner, ...(length === 0 || length > longest ? [`${here}: ${length} characters`] : [])];
    }
    const longest = longestString[name];
    const isLong = typeof value === 'string' && longest !== undefined && value.length > longest;
    return [...inner, ...(isLong ? [`${here}: ${value.length} characters`] : [])];
  });
}

function primaries(node: unknown): number {
  if (Array.isArray(node)) return node.reduce((sum: number, one) => sum + primaries(one), 0);
  if (!isNode(node)) return 0;
  const own = node['style'] === 'primary' ? 1 : 0;
  return Object.values(node).reduce((sum: number, one) => sum + primaries(one), own);
}

function isText(value: unknown): value is Node {
  return isNode(value) && (value['type'] === 'plain_text' || value['type'] === 'mrkdwn');
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
