import { type Fields, isFields, stringAt } from '../fields.ts';
import {
  anyText,
  type Check,
  collect,
  type Findings,
  flag,
  type Issue,
  type Kind,
  later,
  list,
  mrkdwn,
  number,
  oneOf,
  plainText,
  type Surface,
  shape,
  text,
  typed,
  whole,
} from './block-checks.ts';
import { elementKinds, exactlyOne } from './block-elements.ts';
import { dataVisualization, maxCharts } from './charts.ts';
import { interactiveElements } from './interactive.ts';
import { richText, richTextKind } from './rich-text.ts';

const menuTypes = [
  'static_select',
  'external_select',
  'users_select',
  'conversations_select',
  'channels_select',
];
const choiceTypes = [
  ...menuTypes,
  ...menuTypes.map((menu) => `multi_${menu}`),
  'checkboxes',
  'radio_buttons',
];
const pickerTypes = ['datepicker', 'timepicker'];
const typedInTypes = ['plain_text_input', 'number_input', 'email_text_input', 'url_text_input'];

const block_id = text(255);
const image = typed(elementKinds, ['image']);
const nestedBlock = (allowed: string[]): Check => later(() => typed(blockKinds, allowed));

const cell = typed({
  raw_text: { required: { text: text(3000) } },
  raw_number: { required: { value: number, text: text(3000) } },
  rich_text: richTextKind,
});

/**
 * The blocks, with the limits of Slack's Block Kit reference. What this app has no use for and Slack
 * accepts (`video`, `file`, `plan`, `task_card`, `context_actions`, `layout`, and the round charts of `data_visualization`) is
 * refused here like an unknown type.
 */
const blockKinds: Readonly<Record<string, Kind>> = {
  section: {
    optional: {
      block_id,
      text: anyText(3000),
      fields: list(anyText(2000), 1, 10),
      accessory: typed(elementKinds, ['button', 'image', 'overflow', ...pickerTypes, ...choiceTypes]),
      expand: flag,
    },
    whole: atLeastOne('text', 'fields'),
  },
  header: { required: { text: plainText(150) }, optional: { block_id } },
  divider: { optional: { block_id } },
  context: {
    required: { elements: list(contextElement, 1, 10) },
    optional: { block_id },
  },
  actions: {
    required: {
      elements: list(
        typed(elementKinds, [
          'button',
          'overflow',
          'datetimepicker',
          'rich_text_input',
          ...pickerTypes,
          ...choiceTypes,
        ]),
        1,
        25,
      ),
    },
    optional: { block_id },
  },
  image: {
    ...elementKinds['image'],
    optional: { ...elementKinds['image']?.optional, block_id, title: plainText(2000) },
  },
  input: {
    required: {
      label: plainText(2000),
      element: typed(elementKinds, [
        'datetimepicker',
        'rich_text_input',
        ...typedInTypes,
        ...pickerTypes,
        ...choiceTypes,
      ]),
    },
    optional: { block_id, hint: plainText(2000), optional: flag, dispatch_action: flag },
    surfaces: ['modal', 'home'],
  },
  rich_text: richTextKind,
  markdown: { required: { text: text(12_000) }, optional: { block_id }, surfaces: ['message'] },
  alert: {
    required: { text: anyText(200) },
    optional: { block_id, level: oneOf('default', 'info', 'warning', 'error', 'success') },
    surfaces: ['modal'],
  },
  table: {
    required: { rows: list(list(cell, 1, 20), 1, 100) },
    optional: {
      block_id,
      column_settings: list(
        shape({ optional: { align: oneOf('left', 'center', 'right'), is_wrapped: flag } }),
        1,
        20,
      ),
    },
    surfaces: ['message', 'home'],
  },
  data_table: {
    required: { rows: list(list(cell, 1, 20), 1, 200), caption: text(3000) },
    optional: { block_id, page_size: whole(1, 100), row_header_column_index: whole(0, 19) },
    surfaces: ['message', 'home'],
  },
  data_visualization: { ...dataVisualization, optional: { block_id } },
  card: {
    optional: {
      block_id,
      hero_image: image,
      icon: image,
      title: mrkdwn(150),
      subtitle: mrkdwn(150),
      body: mrkdwn(200),
      actions: list(typed(elementKinds, ['button']), 1, 3),
    },
    whole: atLeastOne('hero_image', 'title', 'actions', 'body'),
  },
  carousel: { required: { elements: list(nestedBlock(['card']), 1, 10) }, optional: { block_id } },
  container: {
    required: {
      child_blocks: list(
        nestedBlock([
          'actions',
          'context',
          'divider',
          'header',
          'image',
          'input',
          'rich_text',
          'section',
          'table',
        ]),
        1,
        10,
      ),
    },
    optional: {
      block_id,
      title: plainText(150),
      rich_text_title: richText,
      subtitle: anyText(150),
      width: oneOf('narrow', 'standard', 'wide', 'full'),
      icon: image,
      is_collapsible: flag,
      default_collapsed: flag,
      has_header_divider: flag,
    },
    whole: foldedContainer,
  },
};

const viewFields = {
  private_metadata: text(3000, 0),
  callback_id: text(255, 0),
  external_id: text(255, 0),
};
const viewBlocks = list(typed(blockKinds), 0, 100);

const viewKinds: Readonly<Record<string, Kind>> = {
  modal: {
    required: { title: plainText(24), blocks: viewBlocks },
    optional: {
      ...viewFields,
      submit: plainText(24),
      close: plainText(24),
      clear_on_close: flag,
      notify_on_close: flag,
    },
    whole: submitWithInputs,
  },
  home: { required: { blocks: viewBlocks }, optional: viewFields },
};

/** What Slack would refuse in the blocks of a message; empty when it would post them. */
export function findMessageIssues(blocks: readonly unknown[]): Issue[] {
  return collect('message', (findings) => {
    list(typed(blockKinds), 0, 50)(blocks, '/blocks', findings);
    const charts = blocks.filter((block) => isFields(block) && block['type'] === 'data_visualization');
    if (charts.length > maxCharts) findings.report(`no more than ${maxCharts} charts allowed`, '/blocks');
    checkIds(blocks, '/blocks', findings);
  });
}

/** What Slack would refuse in a view that has to be of the given type; empty when it would show it. */
export function findViewIssues(view: Fields, type: Exclude<Surface, 'message'>): Issue[] {
  return collect(type, (findings) => {
    typed(viewKinds, [type])(view, '/view', findings);
    const blocks = Array.isArray(view['blocks']) ? view['blocks'] : [];
    checkIds(blocks, '/view/blocks', findings);
    const focused = interactiveElements(blocks, '/view/blocks').filter(
      ({ element }) => element['focus_on_load'] === true,
    );
    for (const { pointer } of focused.slice(1)) {
      findings.report('only one element can have focus_on_load', `${pointer}/focus_on_load`);
    }
  });
}

/** Block ids are unique in a message or view, action ids in a block. */
function checkIds(blocks: readonly unknown[], base: string, findings: Findings): void {
  const blockIds = new Set<string>();
  for (const [index, block] of blocks.entries()) {
    const id = isFields(block) ? stringAt(block, 'block_id') : null;
    if (id === null) continue;
    if (blockIds.has(id)) {
      findings.report(`\`block_id\` "${id}" already exists`, `${base}/${index}/block_id`);
    }
    blockIds.add(id);
  }
  const actionIds = new Map<Fields, Set<string>>();
  for (const { block, element, pointer } of interactiveElements(blocks, base)) {
    const id = stringAt(element, 'action_id');
    if (id === null) continue;
    const taken = actionIds.get(block) ?? new Set();
    if (taken.has(id)) findings.report(`\`action_id\` "${id}" already exists`, `${pointer}/action_id`);
    actionIds.set(block, taken.add(id));
  }
}

function atLeastOne(...names: readonly string[]): NonNullable<Kind['whole']> {
  return (fields, pointer, findings) => {
    if (names.every((name) => fields[name] === undefined)) exactlyOne(...names)(fields, pointer, findings);
  };
}

/** Slack refuses a line below the title of a container that folds; one that does not fold cannot begin folded. */
function foldedContainer(...[container, pointer, findings]: Parameters<NonNullable<Kind['whole']>>): void {
  atLeastOne('title', 'rich_text_title')(container, pointer, findings);
  const folds = container['is_collapsible'] === true;
  if (folds && container['has_header_divider'] === true) {
    findings.report('must not be true when `is_collapsible` is true', `${pointer}/has_header_divider`);
  }
  if (!folds && container['default_collapsed'] === true) {
    findings.report('must not be true unless `is_collapsible` is true', `${pointer}/default_collapsed`);
  }
}

function submitWithInputs(...[view, pointer, findings]: Parameters<NonNullable<Kind['whole']>>): void {
  if (view['submit'] !== undefined || !Array.isArray(view['blocks'])) return;
  for (const [index, block] of view['blocks'].entries()) {
    if (isFields(block) && block['type'] === 'input') {
      findings.report(
        'must define `submit` to use an `input` block in modals',
        `${pointer}/blocks/${index}/input`,
      );
    }
  }
}

/** Images and texts stand side by side in a context block, which alone takes bare text objects. */
function contextElement(...[value, pointer, findings]: Parameters<Check>): void {
  const isText = isFields(value) && (value['type'] === 'plain_text' || value['type'] === 'mrkdwn');
  (isText ? anyText(3000) : image)(value, pointer, findings);
}
