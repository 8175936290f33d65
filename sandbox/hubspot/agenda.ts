type Entry = { due: Date; play: () => void };

/** What HubSpot will do by itself later, in order of time. */
export class Agenda {
  readonly #clock: () => Date;
  readonly #entries: Entry[] = [];
  #playing: Date | null = null;

  constructor(clock: () => Date) {
    this.#clock = clock;
  }

  /** While something is played that was due, its time; otherwise the clock's. */
  readonly now = (): Date => this.#playing ?? this.#clock();

  /** When the next thing is due; null when nothing is. */
  get next(): Date | null {
    return this.#entries[0]?.due ?? null;
  }

  /** What is due at the same time is played in the order in which it was added. */
  add(due: Date, play: () => void): void {
    const before = this.#entries.findLastIndex((entry) => entry.due <= due);
    this.#entries.splice(before + 1, 0, { due, play });
  }

  /** Plays what is due by now, each as of its own time, however late it is. */
  catchUp(): void {
    if (this.#playing !== null) return;
    const until = this.#clock();
    for (let next = this.#entries[0]; next && next.due <= until; next = this.#entries[0]) {
      this.#entries.shift();
      this.#playing = next.due;
      try {
        next.play();
      } finally {
        this.#playing = null;
      }
    }
  }
}
