import type { EChartsOption, SeriesOption } from 'echarts';
import type { Chart } from '../../../flow/ports/dashboard.ts';
import { Html } from './html.ts';

/** How wide a chart is drawn, for a desk and for a phone; the stylesheet shows one of them. */
const widths = { wide: 1080, narrow: 360 } as const;
type Size = keyof typeof widths;
const height = 260;
/** Of a bar that lies, with what is between it and the next. */
const barHeight = 18;

type Library = typeof import('echarts/core');
let library: Promise<Library> | null = null;

/** Some 90 MB of memory that only those need who have visitors. */
function load(): Promise<Library> {
  library ??= (async () => {
    const [core, charts, components, renderers] = await Promise.all([
      import('echarts/core'),
      import('echarts/charts'),
      import('echarts/components'),
      import('echarts/renderers'),
    ]);
    core.use([
      charts.BarChart,
      charts.LineChart,
      charts.CustomChart,
      components.GridComponent,
      components.LegendComponent,
    ]);
    core.use(renderers.SVGRenderer);
    return core;
  })();
  return library;
}

/**
 * A chart as inline SVG, for a desk and a phone. Its colours are those of the stylesheet, so that they follow it into the
 * dark.
 * @param write how the reader's language writes a value
 */
export async function drawChart(chart: Chart, write: (value: number) => string): Promise<Html> {
  const { init } = await load();
  const drawn = (['wide', 'narrow'] as const).map((size) => {
    const canvas = init(null, null, {
      renderer: 'svg',
      ssr: true,
      width: widths[size],
      height: heightOf(chart, size),
    });
    try {
      canvas.setOption(optionFor(chart, size, write));
      return inPage(canvas.renderToSVGString(), size);
    } finally {
      canvas.dispose();
    }
  });
  return new Html(drawn.join(''));
}

/** On a phone bars lie below each other: their names have no room side by side. */
function areLying({ form }: Chart, size: Size): boolean {
  return form === 'bars' && size === 'narrow';
}

function heightOf(chart: Chart, size: Size): number {
  if (!areLying(chart, size)) return height;
  return 60 + chart.labels.length * (chart.series.length + 1) * barHeight;
}

function optionFor(chart: Chart, size: Size, write: (value: number) => string): EChartsOption {
  const text = { color: 'var(--muted)', fontSize: size === 'wide' ? 13 : 12 };
  const line = { lineStyle: { color: 'var(--line)' } };
  const isNamed = chart.series.length > 1;
  const lying = areLying(chart, size);
  // Beside a lying bar a name has room for two words, below a standing one for its share of the width.
  const room = lying ? 96 : Math.floor(widths[size] / Math.max(1, chart.labels.length)) - 16;
  const names: EChartsOption['xAxis'] & EChartsOption['yAxis'] = {
    type: 'category',
    data: [...chart.labels],
    inverse: lying,
    axisLine: line,
    axisTick: { show: false },
    axisLabel: {
      ...text,
      ...(chart.form === 'bars' ? { interval: 0, width: room, overflow: 'break' } : { hideOverlap: true }),
    },
  };
  const values: EChartsOption['xAxis'] & EChartsOption['yAxis'] = {
    type: 'value',
    ...(chart.unit === 'percent' && { min: 0, max: 1, interval: 0.25 }),
    ...(chart.unit === 'count' && { minInterval: 1 }),
    splitNumber: 4,
    splitLine: line,
    axisLabel: { ...text, formatter: write },
  };
  return {
    animation: false,
    color: ['var(--c1)', 'var(--c2)', 'var(--c3)', 'var(--c4)', 'var(--c5)'],
    textStyle: { fontFamily: 'inherit' },
    grid: {
      left: 8,
      right: 12,
      top: isNamed ? 34 : 12,
      bottom: 4,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    ...(isNamed && {
      legend: {
        top: 0,
        left: 0,
        itemWidth: 14,
        itemHeight: 10,
        itemGap: 28,
        selectedMode: false,
        textStyle: text,
      },
    }),
    ...(lying ? { xAxis: values, yAxis: names } : { xAxis: names, yAxis: values }),
    series: [
      ...chart.series.map((one) => seriesFor(chart.form, one)),
      ...chart.series.flatMap((one, index) => intervalsOf(one, index)),
    ],
  };
}

function seriesFor(form: Chart['form'], { name, values }: Chart['series'][number]): SeriesOption {
  const common = { name, data: values.map((value) => value ?? '-'), silent: true };
  if (form === 'lines') {
    return { ...common, type: 'line', symbol: 'circle', symbolSize: 7, lineStyle: { width: 2.5 } };
  }
  return { ...common, type: 'bar', barMaxWidth: 48, ...(form === 'stack' && { stack: 'all' }) };
}

/** How far an estimate may be off: a line through its point, with an end above and below. */
function intervalsOf({ intervals }: Chart['series'][number], index: number): SeriesOption[] {
  if (!intervals) return [];
  const known = intervals.flatMap((one, place) => (one ? [[place, one.low, one.high]] : []));
  // Beside each other, so that those of two series do not hide one another.
  const aside = index * 6;
  return [
    {
      type: 'custom',
      data: known,
      silent: true,
      renderItem: (_params, api) => {
        const [place, low, high] = [api.value(0), api.value(1), api.value(2)];
        const [x = 0, bottom = 0] = api.coord([place, low]);
        const [, top = 0] = api.coord([place, high]);
        const stroke = `var(--c${index + 1})`;
        const line = (x1: number, y1: number, x2: number, y2: number) => ({
          type: 'line' as const,
          shape: { x1: x1 + aside, y1, x2: x2 + aside, y2 },
          style: { stroke, lineWidth: 1.5 },
        });
        return {
          type: 'group',
          children: [
            line(x, top, x, bottom),
            line(x - 4, top, x + 4, top),
            line(x - 4, bottom, x + 4, bottom),
          ],
        };
      },
    },
  ];
}

/**
 * What the library draws as a page of ours may show it: it has no style of its own, which the policy of content forbids,
 * no marks for a script, and the size that the stylesheet gives.
 */
function inPage(svg: string, size: Size): string {
  return withoutStyle(svg)
    .replaceAll(/ (?:ecmeta_\w+|class)="[^"]*"/g, '')
    .replaceAll(/ style="([^"]*)"/g, (_, style: string) => attributesOf(style))
    .replace(/^<svg width="\d+" height="\d+"/, `<svg class="${size}" aria-hidden="true" focusable="false"`);
}

/** The one that the library writes has rules of its own for the whole page. */
function withoutStyle(svg: string): string {
  const [begin, end] = [svg.indexOf('<style'), svg.indexOf('</style>')];
  return begin < 0 || end < begin ? svg : svg.slice(0, begin) + svg.slice(end + '</style>'.length);
}

/** `font-size:12px;` as ` font-size="12px"`. */
function attributesOf(style: string): string {
  return style
    .split(';')
    .flatMap((rule) => {
      const [name = '', value] = rule.split(':');
      return value === undefined ? [] : [` ${name.trim()}="${value.trim()}"`];
    })
    .join('');
}
