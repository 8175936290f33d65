/** Die Zeilen einer Karte. */
export const card = {
  acceptBy: 'annehmen bis {$due}',
} as const;
