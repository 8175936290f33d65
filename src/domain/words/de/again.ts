/** Was ein Lead, den der Vertrieb hat, noch einmal tat. */
export const again = {
  times: '{$count :number}. Mal: {$trigger}, {$at}',
  also: 'Außerdem: {$trigger}, {$at}',
  told: 'Und noch einmal: {$trigger} ({$found}), {$at}.',
} as const;
