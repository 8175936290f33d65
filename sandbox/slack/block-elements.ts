import { type Fields, fieldsAt, stringAt } from '../fields.ts';
import {
  anyText,
  type Check,
  flag,
  type Kind,
  list,
  matching,
  oneOf,
  plainText,
  shape,
  text,
  url,
  whole,
} from './block-checks.ts';
import { richText } from './rich-text.ts';
import { listAt } from './wire.ts';

const style = oneOf('primary', 'danger');
const placeholder = plainText(150);

const confirm = shape({
  required: { text: anyText(300) },
  optional: { title: plainText(100), confirm: plainText(30), deny: plainText(30), style },
});

export const option = shape({
  required: { text: plainText(75), value: text(75) },
  optional: { description: plainText(75) },
});

/** Radio buttons and checkboxes, unlike menus, may format the text of an option. */
const formattedOption = shape({
  required: { text: anyText(75), value: text(75) },
  optional: { description: anyText(75) },
});

/** Only an overflow menu may open a link. */
const linkOption = shape({
  required: { text: plainText(75), value: text(75) },
  optional: { description: plainText(75), url },
});

const optionGroup = shape({ required: { label: plainText(75), options: list(option, 1, 100) } });

const actionable = { action_id: text(255) };
const focusable = { ...actionable, focus_on_load: flag };
const confirmable = { ...focusable, confirm };
const menu = { ...confirmable, placeholder };
const multiMenu = { ...menu, max_selected_items: whole(1, 100) };
const typedIn = {
  ...focusable,
  placeholder,
  dispatch_action_config: shape({
    optional: {
      trigger_actions_on: list(oneOf('on_enter_pressed', 'on_character_entered'), 1, 2),
    },
  }),
};

const optionsOfMenu = {
  options: list(option, 1, 100),
  option_groups: list(optionGroup, 1, 100),
};
const conversationFilter = shape({
  optional: {
    include: list(oneOf('im', 'mpim', 'private', 'public'), 1, 4),
    exclude_external_shared_channels: flag,
    exclude_bot_users: flag,
  },
});
const id = text(255);
const ids = list(id, 1, 100);
const decimal = matching(/^-?\d+(\.\d+)?$/, 'a number written as a string');

const date: Check = matching(/^\d{4}-\d{2}-\d{2}$/, 'a date in the format YYYY-MM-DD');
const time: Check = matching(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time in the format HH:mm');

/**
 * The elements that may stand in a block, with the limits of Slack's Block Kit reference.
 * `file_input` and `workflow_button` are left out: they need scopes that this app is never granted.
 */
export const elementKinds: Readonly<Record<string, Kind>> = {
  button: {
    required: { text: plainText(75) },
    optional: { ...actionable, value: text(2000, 0), url, style, confirm, accessibility_label: text(75) },
  },
  image: {
    required: { alt_text: text(2000) },
    optional: { image_url: url, slack_file: shape({ optional: { id, url } }) },
    whole: exactlyOne('image_url', 'slack_file'),
  },
  overflow: { required: { options: list(linkOption, 1, 5) }, optional: { ...actionable, confirm } },
  checkboxes: {
    required: { options: list(formattedOption, 1, 10) },
    optional: { ...confirmable, initial_options: list(formattedOption, 1, 10) },
    whole: initialIsAnOption,
  },
  radio_buttons: {
    required: { options: list(formattedOption, 1, 10) },
    optional: { ...confirmable, initial_option: formattedOption },
    whole: initialIsAnOption,
  },
  static_select: {
    optional: { ...menu, ...optionsOfMenu, initial_option: option },
    whole: chosenFromOptions,
  },
  multi_static_select: {
    optional: { ...multiMenu, ...optionsOfMenu, initial_options: list(option, 1, 100) },
    whole: chosenFromOptions,
  },
  external_select: { optional: { ...menu, initial_option: option, min_query_length: whole(0, 255) } },
  multi_external_select: {
    optional: { ...multiMenu, initial_options: list(option, 1, 100), min_query_length: whole(0, 255) },
  },
  users_select: { optional: { ...menu, initial_user: id } },
  multi_users_select: { optional: { ...multiMenu, initial_users: ids } },
  conversations_select: {
    optional: {
      ...menu,
      initial_conversation: id,
      default_to_current_conversation: flag,
      response_url_enabled: flag,
      filter: conversationFilter,
    },
  },
  multi_conversations_select: {
    optional: {
      ...multiMenu,
      initial_conversations: ids,
      default_to_current_conversation: flag,
      filter: conversationFilter,
    },
  },
  channels_select: { optional: { ...menu, initial_channel: id, response_url_enabled: flag } },
  multi_channels_select: { optional: { ...multiMenu, initial_channels: ids } },
  datepicker: { optional: { ...menu, initial_date: date } },
  timepicker: { optional: { ...menu, initial_time: time, timezone: text(255) } },
  datetimepicker: { optional: { ...confirmable, initial_date_time: whole(1_000_000_000, 9_999_999_999) } },
  plain_text_input: {
    optional: {
      ...typedIn,
      initial_value: text(3000, 0),
      multiline: flag,
      min_length: whole(0, 3000),
      max_length: whole(1, 3000),
    },
    whole: minNotAboveMax('min_length', 'max_length'),
  },
  number_input: {
    required: { is_decimal_allowed: flag },
    optional: { ...typedIn, initial_value: decimal, min_value: decimal, max_value: decimal },
    whole: minNotAboveMax('min_value', 'max_value'),
  },
  email_text_input: { optional: { ...typedIn, initial_value: text(3000, 0) } },
  url_text_input: { optional: { ...typedIn, initial_value: text(3000, 0) } },
  rich_text_input: {
    optional: {
      ...typedIn,
      initial_value: richText,
      min_lines: whole(1, 100),
      max_lines: whole(1, 100),
    },
  },
};

/** The options of a menu, whether grouped or not. */
export function optionsOf(element: Fields): Fields[] {
  return [
    ...listAt(element, 'options'),
    ...listAt(element, 'option_groups').flatMap((group) => listAt(group, 'options')),
  ];
}

export function exactlyOne(...names: readonly string[]): NonNullable<Kind['whole']> {
  return (fields, pointer, findings) => {
    if (names.filter((name) => fields[name] !== undefined).length !== 1) {
      const choices = names.map((name) => `\`${name}\``).join(' or ');
      findings.report(`must define either ${choices}`, pointer);
    }
  };
}

function chosenFromOptions(...args: Parameters<NonNullable<Kind['whole']>>): void {
  exactlyOne('options', 'option_groups')(...args);
  initialIsAnOption(...args);
}

/** "An option that exactly matches one of the options." */
function initialIsAnOption(...[element, pointer, findings]: Parameters<NonNullable<Kind['whole']>>): void {
  const written = optionsOf(element).map(inWords);
  const single = fieldsAt(element, 'initial_option');
  if (single !== null && !written.includes(inWords(single))) {
    findings.report('must match one of the options', `${pointer}/initial_option`);
  }
  for (const [index, initial] of listAt(element, 'initial_options').entries()) {
    if (!written.includes(inWords(initial))) {
      findings.report('must match one of the options', `${pointer}/initial_options/${index}`);
    }
  }
}

function inWords(chosen: Fields): string {
  const label = fieldsAt(chosen, 'text') ?? {};
  return JSON.stringify([stringAt(label, 'type'), stringAt(label, 'text'), chosen['value']]);
}

function minNotAboveMax(min: string, max: string): NonNullable<Kind['whole']> {
  return (fields, pointer, findings) => {
    if (fields[min] !== undefined && fields[max] !== undefined && Number(fields[min]) > Number(fields[max])) {
      findings.report(`must not be greater than ${max}`, `${pointer}/${min}`);
    }
  };
}
