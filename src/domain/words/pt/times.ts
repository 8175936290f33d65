/** Horários em palavras. */
export const times = {
  inPlace: '{$time} em {$place}',
  at: 'às {$time}',
} as const;
