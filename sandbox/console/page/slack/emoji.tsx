import type { ReactNode } from 'react';

const circle = (colour: string) => <circle cx="8" cy="8" r="7" fill={colour} />;
const line = { fill: 'none', strokeWidth: 1.9, strokeLinecap: 'round', strokeLinejoin: 'round' } as const;

/** Drawn rather than written: not every machine has a font with emoji. */
const signs: Readonly<Record<string, ReactNode>> = {
  large_blue_circle: circle('#1d74d4'),
  large_green_circle: circle('#1a8f5a'),
  large_yellow_circle: circle('#e0a100'),
  large_orange_circle: circle('#e07a1f'),
  red_circle: circle('#d92d3a'),
  white_check_mark: (
    <>
      {circle('#5d6673')}
      <path d="m4.6 8.2 2.4 2.4 4.4-5" stroke="#fff" {...line} />
    </>
  ),
  heavy_check_mark: <path d="m2.5 8.5 3.7 4 7.3-9" stroke="currentColor" {...line} />,
  crescent_moon: <path d="M11 1.6A7 7 0 1 0 14.4 11 5.6 5.6 0 0 1 11 1.6Z" fill="#e0a100" />,
  arrow_right: <path d="M2 8h11M8.5 3.5 13 8l-4.5 4.5" stroke="currentColor" {...line} />,
  leftwards_arrow_with_hook: (
    <path d="M6 3 2.5 6.5 6 10M3 6.5h7a3.2 3.2 0 0 1 0 6.4H7" stroke="currentColor" {...line} />
  ),
  date: (
    <>
      <rect x="1.5" y="2.5" width="13" height="12" rx="2" fill="#fff" stroke="#5d6673" />
      <path d="M1.5 6.2v-1.7a2 2 0 0 1 2-2h9a2 2 0 0 1 2 2v1.7Z" fill="#d92d3a" />
    </>
  ),
  trophy: (
    <path
      d="M4 2h8v4a4 4 0 0 1-8 0ZM4 3.5H1.8C1.8 6 2.6 7 4.4 7.2M12 3.5h2.2c0 2.5-.8 3.5-2.6 3.7M8 10v3M5 14h6"
      stroke="#c08a00"
      {...line}
      fill="#f2c94c"
    />
  ),
};

/** A sign of Slack's; `text` is what a font would draw. */
export function Emoji({ name, text }: { name: string; text: string }) {
  const sign = signs[name];
  const words = name.replaceAll('_', ' ');
  if (sign === undefined) {
    return (
      <span role="img" aria-label={words}>
        {text}
      </span>
    );
  }
  return (
    <svg className="sign" role="img" aria-label={words} viewBox="0 0 16 16">
      <title>{words}</title>
      {sign}
    </svg>
  );
}
