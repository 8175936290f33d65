/** Times in words. */
export const times = {
  inPlace: '{$time} in {$place}',
  at: 'at {$time}',
  onDay: '{$date} at {$time}',
} as const;
