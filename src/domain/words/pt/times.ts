/** Horários em palavras. */
export const times = {
  inPlace: '{$time} em {$place}',
  at: 'às {$time}',
  onDay: '{$date} às {$time}',
} as const;
