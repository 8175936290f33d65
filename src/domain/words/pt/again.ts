/** O que um lead que está com vendas fez mais uma vez. */
export const again = {
  times: '{$count :number}ª vez: {$trigger}, {$at}',
  also: 'Também: {$trigger}, {$at}',
  told: 'Aconteceu de novo: {$trigger} ({$found}), {$at}.',
} as const;
