import { CardElement, type SerializationContext } from 'adaptivecards';

type Series = { legend: string; values: readonly { x: string | number; y: number }[] };
/** Teams has checked that it is so. */
type Chart = { title?: string; yAxisTitle?: string; data: readonly Series[] };

/** Teams' chart of stacked bars, which the package does not know: one below the other, as wide as their number. */
export class Bars extends CardElement {
  static readonly typeName = 'Chart.VerticalBar.Grouped';

  #chart: Chart = { data: [] };

  getJsonTypeName(): string {
    return Bars.typeName;
  }

  protected override internalParse(source: Chart, context: SerializationContext): void {
    super.internalParse(source, context);
    this.#chart = source;
  }

  protected override internalRender(): HTMLElement {
    const { title = '', yAxisTitle: unit, data } = this.#chart;
    const figure = make('figure', 'bars');
    figure.append(make('figcaption', 'bars-title', unit ? `${title} (${unit})` : title), legendOf(data));
    const labels = data[0]?.values.map(({ x }) => String(x)) ?? [];
    const sums = labels.map((_, index) => data.reduce((sum, { values }) => sum + (values[index]?.y ?? 0), 0));
    const rows = make('div', 'bars-rows');
    for (const [index, label] of labels.entries()) {
      rows.append(make('span', 'bars-label', label), barOf(data, index, Math.max(1, ...sums)));
    }
    figure.append(rows);
    return figure;
  }
}

function legendOf(data: readonly Series[]): HTMLElement {
  const legend = make('p', 'bars-legend');
  for (const [index, one] of data.entries())
    legend.append(make('span', `bars-key bars-${index}`, one.legend));
  return legend;
}

function barOf(data: readonly Series[], index: number, highest: number): HTMLElement {
  const bar = make('span', 'bars-bar');
  for (const [number, { values }] of data.entries()) {
    const value = values[index]?.y ?? 0;
    if (value === 0) continue;
    const part = make('span', `bars-part bars-${number}`, String(value));
    part.style.width = `${(100 * value) / highest}%`;
    bar.append(part);
  }
  return bar;
}

function make(tag: string, className: string, text = ''): HTMLElement {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}
