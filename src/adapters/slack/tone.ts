import type { Tone } from '../../domain/card/tone.ts';

/**
 * A second sign beside the words of the status: a look over many cards finds the late ones. An attachment's colour bar
 * would do the same, but Slack folds long attachments behind "Show more", buttons included.
 */
export const toneEmoji: Readonly<Record<Tone, string>> = {
  new: 'large_blue_circle',
  open: 'large_orange_circle',
  waiting: 'large_yellow_circle',
  asleep: 'crescent_moon',
  late: 'red_circle',
  active: 'large_green_circle',
  meeting: 'date',
  won: 'trophy',
  recycled: 'leftwards_arrow_with_hook',
  passedOn: 'arrow_right',
  done: 'heavy_check_mark',
};
