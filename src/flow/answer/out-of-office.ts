/** Why somebody is away who said so in chat. */
export const outOfOffice = 'out of office';
