export type Column = {
  title: string;
  align: 'left' | 'right';
  /** Longer texts are cut; numbers never are. */
  max: number;
};

/** Rows under their titles, each column as wide as it has to be. */
export function textTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const fitted = [columns.map(({ title }) => title), ...rows].map((row) =>
    row.map((cell, index) => shortened(cell, columns[index]?.max ?? 0)),
  );
  const widths = columns.map((_, index) => Math.max(...fitted.map((row) => lengthOf(row[index] ?? ''))));
  const lines = fitted.map((row) =>
    row
      .map((cell, index) => {
        const gap = ' '.repeat((widths[index] ?? 0) - lengthOf(cell));
        return columns[index]?.align === 'right' ? gap + cell : cell + gap;
      })
      .join('  ')
      .trimEnd(),
  );
  const [head = '', ...body] = lines;
  return [head, widths.map((width) => '─'.repeat(width)).join('  '), ...body];
}

function shortened(text: string, max: number): string {
  const letters = [...text.replaceAll(/\p{Cc}/gu, ' ')];
  return letters.length <= max ? letters.join('') : `${letters.slice(0, max - 1).join('')}…`;
}

function lengthOf(text: string): number {
  return [...text].length;
}

/** Text broken into lines of at most so many letters, the later ones indented like the first. */
export function wrapped(text: string, width: number, indent: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && `${last} ${word}`.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`${lines.length === 0 ? '' : indent}${word}`);
  }
  return lines;
}
