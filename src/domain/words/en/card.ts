/** The lines of a card. */
export const card = {
  acceptBy: 'respond by {$due}',
} as const;
