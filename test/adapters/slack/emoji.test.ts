import { expect, test } from 'vitest';
import { withEmoji } from '../../../src/adapters/slack/emoji.ts';

test.each([
  ['Wants a quote :thumbsup:', 'Wants a quote 👍'],
  [':+1: and :tada::tada:', '👍 and 🎉🎉'],
  ['(:wave:), :man-shrugging:', '(👋), 🤷‍♂️'],
  [':+1::skin-tone-4: from :flag-de:', '👍🏽 from 🇩🇪'],
  ['great:thumbsup: and :wave:hello', 'great👍 and 👋hello'],
  [':slightly_smiling_face:', '🙂'],
  [':thinking_face: :hugging_face: :face_with_rolling_eyes:', '🤔 🤗 🙄'],
  [':robot_face: :large_green_circle: :heart: :fr:', '🤖 🟢 ❤️ 🇫🇷'],
  [':man-shrugging::skin-tone-3:, :v::skin-tone-6:', '🤷🏼‍♂️, ✌🏿'],
  [':female-detective::skin-tone-2:', '🕵🏻‍♀️'],
  [':handshake::skin-tone-2-3: :tada::skin-tone-4:', '🤝 🎉'],
])('%s is read as %s', (typed, read) => {
  expect(withEmoji(typed)).toBe(read);
});

test.each([
  'Call at 10:30:00, and 10:100:3',
  'a:b:c',
  'https://example.com:100:x',
  ':our-logo: and :constructor: and ::',
  'Note: he said: "later"',
])('%s stays as it is', (typed) => {
  expect(withEmoji(typed)).toBe(typed);
});
