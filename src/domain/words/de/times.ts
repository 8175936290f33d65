/** Zeiten in Worten. */
export const times = {
  inPlace: '{$time} in {$place}',
  at: 'um {$time}',
  onDay: '{$date} um {$time}',
} as const;
