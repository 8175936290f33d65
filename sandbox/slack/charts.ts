import { type Fields, isFields } from '../fields.ts';
import { type Findings, type Kind, list, number, shape, text, typed } from './block-checks.ts';

/** In one message. */
export const maxCharts = 2;

const name = text(20);
const series = shape({
  required: { name, data: list(shape({ required: { label: name, value: number } }), 1, 20) },
});
const axes = shape({
  required: { categories: list(name, 1, 20) },
  optional: { x_label: text(50), y_label: text(50) },
});
const drawn: Kind = {
  required: { series: list(series, 1, 6), axis_config: axes },
  whole: likeTheirAxis,
};

/** Charts of bars, areas and lines, with the limits of Slack's reference ("Data visualization block"). */
export const dataVisualization: Kind = {
  required: { title: text(50), chart: typed({ bar: drawn, area: drawn, line: drawn }) },
  surfaces: ['message'],
};

/** Each series has a name of its own, and one value for each category. */
function likeTheirAxis(chart: Fields, pointer: string, findings: Findings): void {
  const { series: given, axis_config: config } = chart;
  if (!Array.isArray(given) || !isFields(config) || !Array.isArray(config['categories'])) return;
  const categories = config['categories'].toSorted().join('\n');
  const names = new Set<unknown>();
  for (const [index, one] of given.entries()) {
    if (!isFields(one)) continue;
    if (names.has(one['name']))
      findings.report('series names must be unique', `${pointer}/series/${index}/name`);
    names.add(one['name']);
    const labels = Array.isArray(one['data'])
      ? one['data'].map((point) => isFields(point) && point['label'])
      : [];
    if (labels.toSorted().join('\n') !== categories) {
      findings.report('must have one data point for each category', `${pointer}/series/${index}/data`);
    }
  }
}
