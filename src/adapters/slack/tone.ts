import type { Tone } from '../../domain/card/tone.ts';

/**
 * A second sign beside the words of the status: a look over many cards finds the late ones. An attachment's colour bar
 * would do the same, but Slack folds long attachments behind "Show more", buttons included.
 */
export const toneEmoji: Readonly<Record<Tone, string>> = {
  new: 'large_blue_circle',
  late: 'red_circle',
  active: 'large_green_circle',
  done: 'white_check_mark',
};
