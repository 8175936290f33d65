/** The bot cannot work on this database. The message is one line, which says what to set or to grant. */
export class UnfitDatabase extends Error {
  override readonly name = 'UnfitDatabase';
}
