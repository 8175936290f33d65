/** As linhas de um card. */
export const card = {
  acceptBy: 'aceite até {$due}',
} as const;
